"""A real Postfix takes the mail in front of us, and delivers the copies behind us."""

import shutil
import smtplib
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.end_to_end.t07_postfix_in_front_and_behind import postfix
from tests.end_to_end.t07_postfix_in_front_and_behind.postfix import Postfix
from tests.sink import Copy, Sink, sinking
from tests.stack import Stack, free_port, mail, members, stack
from tests.waiting import wait_for

GROUP = "group@lists.example.org"
AUTHOR = "ann@example.org"
GONE = "gone@example.com"
EVERYONE = [AUTHOR, GONE, *members(8)]
FRONT = "mx.lists.example.org"

# Stands in for OpenDKIM and OpenDMARC, which prove Ann's mail and nobody else's.
PROOF = (
    f"smtpd_sender_restrictions = check_sender_access inline:{{{{{AUTHOR} = PREPEND "
    f"Authentication-Results: {FRONT}; dmarc=pass header.from=example.org}}}}\n"
)


@dataclass(frozen=True)
class Town:
    """Quietlist with a Postfix on both sides, and the mailboxes of the world beyond."""

    house: Stack
    postfix: Postfix
    world: Sink

    def send(self, raw: bytes, recipient: str = GROUP, mail_from: str = AUTHOR) -> None:
        with smtplib.SMTP("127.0.0.1", self.postfix.front_port, "client.example.net", 30) as client:
            client.sendmail(mail_from, recipient, raw)

    def copies(self, words: str) -> list[Copy]:
        return [copy for copy in self.world.copies if words in copy.text]


@pytest.fixture(scope="module", params=["TCP", "a Unix socket"])
def town(request: pytest.FixtureRequest) -> Iterator[Town]:
    with sinking() as world, stack({"trusted_authserv_id": FRONT, "smtp_listen": ""}) as house:
        world.answers[GONE] = "550 5.1.1 Nobody of that name"
        front = postfix.make(house)
        house.settings["relay_url"] = f"smtp://127.0.0.1:{front.door_port}"
        if request.param == "TCP":
            house.settings["lmtp_listen"] = f"127.0.0.1:{free_port()}"
            lmtp = f"inet:{house.settings['lmtp_listen']}"
        else:
            lmtp = f"unix:{_socket_for_postfix(house)}"
        front.configure(lmtp, world.port, PROOF)
        house.up()
        front.start()
        _make_list(house)
        yield Town(house, front, world)


def _socket_for_postfix(house: Stack) -> str:
    """A folder that hands its group on: so Postfix may open the socket that is made in it."""
    room = house.folder / "lmtp"
    room.mkdir()
    shutil.chown(room, group="postfix")
    room.chmod(0o2750)
    house.settings["lmtp_listen"] = str(room / "quietlist.sock")
    return house.settings["lmtp_listen"]


def _make_list(house: Stack) -> None:
    house.quietlist("list", "create", GROUP, "--title", "Tuesday group")
    house.quietlist("member", "add", GROUP, AUTHOR, "--handle", "Quiet Otter")
    house.quietlist("member", "add", GROUP, *EVERYONE[1:])


def test_a_post_by_swaks_comes_back_as_one_copy_each(town: Town) -> None:
    words = "Grüße, one and all"
    door = ["swaks", "--server", "127.0.0.1", "--port", str(town.postfix.front_port)]
    who = ["--from", AUTHOR, "--to", GROUP]
    what = ["--header", "Subject: The kettle", "--body", f"{words}\n.\nA dot.\n"]
    charset = ["--add-header", "Content-Type: text/plain; charset=utf-8"]
    done = subprocess.run(
        [*door, *who, *what, *charset],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    wait_for(lambda: len(town.copies(words)) == len(EVERYONE) - 1, "all copies")
    copies = town.copies(words)
    assert Counter(copy.recipient for copy in copies) == Counter({*EVERYONE} - {GONE})
    for copy in copies:
        assert copy.text.startswith(f"{words}\n.\nA dot.\n")
        assert copy.message["From"] == f"Quiet Otter via Tuesday group <{GROUP}>"
        assert copy.mail_from.startswith("group-bounces+")
        assert b"client.example" not in copy.content
    # What the last mailbox refused came back to its return path, and was taken there.
    wait_for(lambda: not town.postfix.waiting(), "an empty queue")
    assert "route=ToCommand decision=Discard" in town.house.said()
    assert town.house.status()["quarantine"] == 0


def test_a_long_and_odd_body_stays_whole(town: Town) -> None:
    lines = [".", "..", "From here", "x" * 900, "tab\tand  spaces", "日本語 🦦", "", "the end"]
    body = "\n".join(lines)
    head = {"MIME_Version": "1.0", "Content_Type": "text/plain; charset=utf-8"}
    town.send(mail(body + "\n", sender=AUTHOR, recipient=GROUP, subject="Odd", **head))
    wait_for(lambda: len(town.copies("the end")) == len(EVERYONE) - 1, "all copies")
    for copy in town.copies("the end"):
        assert body in copy.text


@pytest.mark.parametrize("name", ["no-such-list", "group-bounces+aaaabbbbccccdddd", "group+anonym"])
def test_an_unknown_address_is_refused_at_the_front_door(town: Town, name: str) -> None:
    known = name.startswith("group-bounces")
    with smtplib.SMTP("127.0.0.1", town.postfix.front_port, timeout=30) as client:
        client.ehlo("client.example.net")
        client.mail("someone@example.com")
        code, words = client.rcpt(f"{name}@lists.example.org")
    assert code == (250 if known else 550), words


def test_what_postfix_did_not_prove_is_held(town: Town) -> None:
    before = town.house.status()["held"]
    forged = mail(
        "A forged word.\n",
        sender=AUTHOR,
        recipient=GROUP,
        subject="Forged",
        Authentication_Results=f"{FRONT}; dmarc=pass header.from=example.org",
    )
    town.send(forged, mail_from="mallory@example.com")
    wait_for(lambda: town.house.status()["held"] == before + 1, "the post to be held")
    assert town.copies("A forged word.") == []


def test_the_queue_is_empty_and_nothing_broke(town: Town) -> None:
    wait_for(lambda: not town.postfix.waiting(), "an empty queue")
    assert "Traceback" not in town.house.said()
    assert "fatal:" not in town.house.said()
