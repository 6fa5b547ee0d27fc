"""Digests, from the posts to the mailbox and back: sent once, answered into the right thread."""

import re
import signal

from tests.end_to_end.conftest import MakeStack
from tests.sink import Copy, Sink
from tests.stack import GROUP, mail
from tests.waiting import wait_for

ANN, EVE = "ann@example.org", "eve@example.net"
DAILY = [f"daily{n}@example.net" for n in range(60)]


def digests(sink: Sink, recipient: str = "") -> list[Copy]:
    found = [copy for copy in sink.copies if "Digest, Vol" in copy.message["Subject"]]
    return [copy for copy in found if copy.recipient == recipient] if recipient else found


def test_a_day_of_posts_comes_once_and_is_answered(make_stack: MakeStack, sink: Sink) -> None:
    house = make_stack(relay_url=sink.url)
    house.up()
    house.make_list([ANN, EVE])
    lines = "".join(f"{one}\n" for one in DAILY)
    house.quietlist("member", "add", GROUP, "--file", "-", "--delivery", "daily", stdin=lines)
    house.send(mail("The kettle is on at seven.\n", subject="Thursday", Message_ID="<1@x.example>"))
    house.send(mail("I slept badly again.\n", subject="A hard week", Message_ID="<2@x.example>"))
    wait_for(lambda: len(sink) == 4, "two copies of two posts")

    house.sql("CREATE TABLE builds (digest INTEGER)")
    house.sql(
        "CREATE TRIGGER count_builds AFTER INSERT ON built_digests"
        " BEGIN INSERT INTO builds VALUES (NEW.id); END"
    )
    sink.shut_after(24)
    assert house.json("digest", "send", GROUP, "--frequency", "weekly")["copies"] == 0
    assert house.json("digest", "send", GROUP, "--frequency", "daily")["copies"] == len(DAILY)
    wait_for(lambda: sink.is_shut, "the first twenty digests")
    house.tell(house.pids("worker")[0], signal.SIGKILL)
    sink.go_on()
    wait_for(lambda: {c.recipient for c in digests(sink)} == set(DAILY), "every digest", 90)
    wait_for(lambda: house.status()["deliveries"]["pending"] == 0, "the last outcome")
    assert len(digests(sink)) - len(DAILY) <= 50  # what the killed one had on the wire
    assert house.ask("SELECT count(*) FROM builds") == 1  # for both, and the one that came after
    house.sweep()
    wait_for(lambda: house.ask("SELECT count(*) FROM built_digests") == 0, "its words to be gone")
    assert house.json("digest", "send", GROUP)["copies"] == 0

    digest = digests(sink, DAILY[0])[0]
    # The second, where a quarter of an hour began between the two posts.
    assert re.fullmatch(r"Tuesday group Digest, Vol 1, Issue [12]", digest.message["Subject"])
    assert digest.text.index("The kettle is on") < digest.text.index("I slept badly")
    assert not any(one in digest.content.decode() for one in (ANN, EVE, *DAILY))
    addresses = re.findall(r"group-thread\+[a-z2-7]{26}@example\.org", digest.text)
    assert len(addresses) == 2

    house.send(
        mail("I know that.\n", sender=DAILY[0], recipient=addresses[1], subject="Re: A hard week"),
        addresses[1],
        mail_from=DAILY[0],
    )
    wait_for(lambda: len(_with(sink, "I know that.")) == 2, "the answer")
    answer = _with(sink, "I know that.")[0]
    (second, _) = _with(sink, "I slept badly again.")
    assert answer.message["In-Reply-To"] == second.message["Message-ID"]

    subject = f"Re: {digest.message['Subject']}"
    house.send(mail("To which?\n", sender=DAILY[1], subject=subject), mail_from=DAILY[1])
    (returned,) = wait_for(lambda: _with(sink, "To which?"), "the answer that went astray")
    assert returned.recipient == DAILY[1]
    assert "your answer was not sent" in returned.message["Subject"]


def _with(sink: Sink, words: str) -> list[Copy]:
    """Copies with these words, digests left aside."""
    alone = [copy for copy in sink.copies if "Digest, Vol" not in copy.message["Subject"]]
    return [copy for copy in alone if words in copy.text]
