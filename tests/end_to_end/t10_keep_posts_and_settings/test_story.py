"""The settings of a list, each by what it does; joining and leaving by mail and by button."""

import re
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.sink import Copy, Sink, sinking
from tests.stack import Stack, mail, stack
from tests.waiting import wait_for

ANN, BEN, CEM = "ann@example.org", "ben@example.net", "cem@example.com"


@dataclass(frozen=True)
class Street:
    """Quietlist, and the mailboxes of its people."""

    house: Stack
    boxes: Sink

    def wait_for_copies(self, words: str, number: int) -> list[Copy]:
        def found() -> list[Copy]:
            return [copy for copy in self.boxes.copies if copy.mail_from and words in copy.text]

        wait_for(lambda: len(found()) >= number, f"{number} copies of {words!r}")
        return found()

    def notices(self, recipient: str) -> list[Copy]:
        """What we have written to one person of our own accord; it has a null sender."""
        return [copy for copy in self.boxes.to(recipient) if not copy.mail_from]

    def wait_for_notice(self, recipient: str, subject: str) -> Copy:
        def found() -> list[Copy]:
            return [n for n in self.notices(recipient) if subject in str(n.message["Subject"])]

        return wait_for(found, f"{subject!r} to {recipient}")[0]

    def handles(self, address: str) -> list[str]:
        rows = self.house.json("member", "list", address)
        return [row["handle"] for row in rows if row["state"] == "active"]


@pytest.fixture(scope="module")
def street() -> Iterator[Street]:
    with sinking() as boxes, stack({"relay_url": boxes.url}) as house:
        house.up()
        yield Street(house, boxes)


def _post(words: str, address: str, sender: str = ANN) -> bytes:
    return mail(words + "\n", sender=sender, recipient=address, subject=words)


def test_keep_posts_is_kept_by_the_sweep(street: Street) -> None:
    house, address = street.house, "keep@example.org"
    house.make_list([ANN, BEN], address, keep_posts="30")
    house.send(_post("An old word.", address), address)
    house.send(_post("A new word.", address), address)
    street.wait_for_copies("An old word.", 2)
    street.wait_for_copies("A new word.", 2)
    house.sql(
        "UPDATE posts SET accepted_at = datetime('now', '-31 days') WHERE text LIKE '%old word%'"
    )
    house.sweep()
    old = "SELECT count(*) FROM posts WHERE text LIKE '%old word%'"
    wait_for(lambda: house.ask(old) == 0, "the old post to be erased")
    assert house.ask("SELECT count(*) FROM posts WHERE text LIKE '%new word%'") == 1
    orphans = "SELECT count(*) FROM deliveries WHERE post_id NOT IN (SELECT id FROM posts)"
    assert house.ask(orphans) == 0


def test_moderate_all_holds_and_approve_sends(street: Street) -> None:
    house, address = street.house, "held@example.org"
    house.make_list([ANN, BEN], address, moderate="all")
    house.send(_post("Please read first.", address), address)
    house.send(_post("Rather not.", address), address)
    first, second = house.json("held", "list", address)
    assert "Please read first." in first["text"]
    assert first["handle"] in street.handles(address)
    assert street.boxes.to(BEN) == [] or "read first" not in street.boxes.to(BEN)[-1].text
    house.quietlist("held", "approve", address, str(first["id"]))
    house.quietlist("held", "reject", address, str(second["id"]), "--reason", "Not today.")
    copies = street.wait_for_copies("Please read first.", 2)
    assert sorted(copy.recipient for copy in copies) == [ANN, BEN]
    returned = street.wait_for_notice(ANN, "your post was not sent")
    assert "Not today." in returned.text and "Rather not." in returned.text
    assert house.json("held", "list", address) == []
    assert house.run("held", "approve", address, str(first["id"])).returncode == 1


def test_first_posts_of_a_member_wait(street: Street) -> None:
    house, address = street.house, "first@example.org"
    house.make_list([ANN, BEN], address, moderate="first:1")
    house.send(_post("My first words.", address), address)
    (held,) = house.json("held", "list", address)
    house.quietlist("held", "approve", address, str(held["id"]))
    house.send(_post("My second words.", address), address)
    assert len(street.wait_for_copies("My second words.", 2)) == 2


@pytest.mark.parametrize(
    ("policy", "code", "held"), [("reject", 550, 0), ("discard", 250, 0), ("hold", 250, 1)]
)
def test_a_stranger_is_refused_dropped_or_held(
    street: Street, policy: str, code: int, held: int
) -> None:
    house, address = street.house, f"closed-{policy}@example.org"
    house.make_list([ANN], address, strangers=policy)
    with smtplib.SMTP("127.0.0.1", house.smtp_port, timeout=30) as client:
        client.ehlo("client.example.net")
        client.mail(CEM)
        client.rcpt(address)
        assert client.data(_post("Let me in.", address, CEM))[0] == code
    assert len(house.json("held", "list", address)) == held


def test_without_proof_members_and_strangers_hear_the_same(street: Street) -> None:
    house, address = street.house, "proof@example.org"
    house.make_list([ANN], address, sender_proof="hold")
    answers = []
    for sender in (ANN, CEM):
        with smtplib.SMTP("127.0.0.1", house.smtp_port, timeout=30) as client:
            client.ehlo("client.example.net")
            client.mail(sender)
            client.rcpt(address)
            answers.append(client.data(_post(f"I am {sender.partition('@')[0]}.", address, sender)))
    assert answers[0] == answers[1]
    assert answers[0][0] == 250
    assert len(house.json("held", "list", address)) == 1


def test_the_third_post_in_an_hour_waits_where_two_are_allowed(street: Street) -> None:
    house, address = street.house, "calm@example.org"
    house.make_list([ANN, BEN], address, posts_per_hour="2")
    for number in ("one", "two", "three"):
        house.send(_post(f"Calm number {number}.", address), address)
    street.wait_for_copies("Calm number two.", 2)
    (held,) = house.json("held", "list", address)
    assert "Calm number three." in held["text"]


def test_outer_name_and_reply_to_show_in_the_header(street: Street) -> None:
    house, address = street.house, "outer@example.org"
    house.make_list([ANN], address, outer_name="Book club", reply_to="none")
    house.send(_post("Under another name.", address), address)
    (copy,) = street.wait_for_copies("Under another name.", 1)
    assert "via Book club" in str(copy.message["From"])
    assert "Book club" in str(copy.message["List-Id"])
    assert str(copy.message["Reply-To"]) != address


def test_somebody_joins_by_mail_and_answers_the_question(street: Street) -> None:
    house, address = street.house, "open@example.org"
    dora = "dora@example.net"
    house.make_list([ANN], address)
    house.send(
        _post("join", "open-join@example.org", dora), "open-join@example.org", mail_from=dora
    )
    question = street.wait_for_notice(dora, "Please confirm: join")
    assert question.message["Auto-Submitted"] == "auto-replied"
    answer_to = str(question.message["Reply-To"])
    assert re.fullmatch(r"open-confirm\+[a-z2-7]{26,}@example\.org", answer_to)
    assert len(street.handles(address)) == 1

    # Somebody looks at the page, which changes nothing; then the reply does.
    token = answer_to.partition("+")[2].partition("@")[0]
    assert house.get(f"/confirm/{token}").status == 200
    assert len(street.handles(address)) == 1
    reply = mail("Yes.\n", sender=dora, recipient=answer_to, subject="Re: Please confirm")
    house.send(reply, answer_to, mail_from=dora)
    welcome = street.wait_for_notice(dora, "Welcome to")
    assert any(handle in welcome.text for handle in street.handles(address))
    assert len(street.handles(address)) == 2

    house.send(_post("Hello Dora.", address), address)
    copies = street.wait_for_copies("Hello Dora.", 2)
    assert sorted(copy.recipient for copy in copies) == [ANN, dora]
    assert house.get(f"/confirm/{token}").status == 404


def test_a_robot_that_asks_to_join_is_not_answered(street: Street) -> None:
    house = street.house
    house.make_list([ANN], "quiet@example.org")
    robot = "robot@example.net"
    ask = mail(
        "join\n", sender=robot, recipient="quiet-join@example.org", Auto_Submitted="auto-replied"
    )
    house.send(ask, "quiet-join@example.org", mail_from=robot)
    house.send(
        _post("help", "quiet-help@example.org", BEN), "quiet-help@example.org", mail_from=BEN
    )
    street.wait_for_notice(BEN, "how it works")
    assert street.notices(robot) == []


def test_leaving_by_one_click_and_by_mail(street: Street) -> None:
    house, address = street.house, "leave@example.org"
    house.make_list([ANN, BEN, CEM], address)
    house.send(_post("Who stays.", address), address)
    copies = street.wait_for_copies("Who stays.", 3)
    ways = {copy.recipient: str(copy.message["List-Unsubscribe"]) for copy in copies}

    page = re.search(r"/unsubscribe/[a-z2-7]+", ways[BEN])
    assert page
    assert house.get(page[0]).status == 200
    assert len(street.handles(address)) == 3  # looking changes nothing
    for _ in range(2):  # pressing twice says the same
        assert house.post(page[0], "List-Unsubscribe=One-Click").status == 200
    assert len(street.handles(address)) == 2

    by_mail = re.search(r"mailto:(leave-leave\+[a-z2-7]+@example\.org)", ways[CEM])
    assert by_mail
    house.send(mail("", sender=CEM, recipient=by_mail[1]), by_mail[1], mail_from=CEM)
    wait_for(lambda: len(street.handles(address)) == 1, "the second to be gone")

    house.send(_post("Who is left.", address), address)
    (last,) = street.wait_for_copies("Who is left.", 1)
    assert last.recipient == ANN
