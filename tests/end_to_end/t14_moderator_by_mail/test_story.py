"""A moderator's week by mail alone: no page is opened, and nobody signs in."""

from collections.abc import Iterator

import pytest

from tests.end_to_end.correspondent import FRONT, Correspondent
from tests.sink import Copy, Sink, sinking
from tests.stack import GROUP, Stack, stack

ANN, ROSA, SAM = "ann@example.com", "rosa@example.net", "sam@example.com"
MEG, MAX, OLGA, ROOT = "meg@example.org", "max@example.org", "olga@example.org", "root@example.org"
OWNER = GROUP.replace("@", "-owner@")
JOIN = GROUP.replace("@", "-join@")


@pytest.fixture(scope="module")
def world() -> Iterator[Sink]:
    with sinking() as made:
        yield made


@pytest.fixture(scope="module")
def house(world: Sink) -> Iterator[Stack]:
    """A group as the preset makes it: newcomers wait, and so do their first three posts."""
    settings = {"trusted_authserv_id": FRONT, "relay_url": world.url, "postmaster": ROOT}
    with stack(settings) as made:
        made.up()
        made.quietlist("list", "create", GROUP, "--preset", "peer-support", "--title", "Tuesday")
        made.quietlist("list", "set", GROUP, "join_question=What brings you here?")
        people = {ANN: "Calm Heron", MEG: "Warm Lantern", MAX: "Blue Kite", OLGA: "Still Water"}
        roles = {MEG: "moderator", MAX: "moderator", OLGA: "owner"}
        for address, handle in people.items():
            named = ["--handle", handle, "--role", roles.get(address, "member")]
            made.quietlist("member", "add", GROUP, address, *named)
        made.quietlist("member", "set", GROUP, ANN, "trusted=yes")
        yield made


def held(house: Stack) -> list[dict[str, str]]:
    found: list[dict[str, str]] = house.json("held", "list", GROUP)
    return found


def test_a_week_by_mail(house: Stack, world: Sink) -> None:
    ann, rosa, meg, max_, olga = (
        Correspondent(house, world, who) for who in (ANN, ROSA, MEG, MAX, OLGA)
    )
    handle = lets_rosa_in(rosa, meg, max_)
    approves_her_first_post(rosa, meg, max_, ann, handle)
    rejects_her_second(house, rosa, meg, max_)
    sees_the_third_taken_back(house, rosa, meg)
    discards_an_advert(house, rosa, meg)
    trusts_her_from_now_on(rosa, meg, ann)
    carries_a_letter_to_the_owner(rosa, olga, meg, max_, handle)
    decided = house.json("audit", "list", GROUP)
    assert {"let_in", "approve", "reject", "withdraw", "discard", "trust"} <= {
        line["action"] for line in decided
    }
    assert "none changed" in house.quietlist("audit", "verify")
    assert not [copy for who in (MEG, MAX, OLGA, ANN) for copy in tells_on(world.to(who))]


def tells_on(copies: list[Copy]) -> list[bytes]:
    """Mails to others that hold her address."""
    return [copy.content for copy in copies if ROSA.encode() in copy.content.lower()]


def lets_rosa_in(rosa: Correspondent, meg: Correspondent, max_: Correspondent) -> str:
    """One reply. Returns the handle that she has from then on."""
    question = rosa.ask(JOIN, "May I join?", "Please confirm: join")
    rosa.answer(question, "we have your request", "I have been ill for a year.")
    notice = meg.next_mail("would like to join", 0)
    assert "What brings you here?" in notice.text and "ill for a year" in notice.text
    other = max_.next_mail("would like to join", 0)
    meg.answer(notice, "done", "approve")
    welcome = rosa.next_mail("Welcome to", 2)
    late = max_.answer(other, "decided already", "approve")
    assert "Warm Lantern was first." in late.text
    return welcome.text.partition("Others see you as: ")[2].partition("\n")[0]


def decides(moderator: Correspondent, notice: Copy, words: str) -> Copy:
    """Replies, and gives the mail that says what was done; the post may come first."""
    before = len(moderator.mailbox)
    moderator.reply(notice, words)
    return moderator.find(": done", before)


def waits(author: Correspondent, subject: str, text: str) -> Copy:
    """Posts, and gives the mail that says that it waits."""
    before = len(author.mailbox)
    author.write(GROUP, subject, text)
    return author.next_mail("your post waits", before)


def approves_her_first_post(
    rosa: Correspondent, meg: Correspondent, max_: Correspondent, ann: Correspondent, handle: str
) -> None:
    """One reply; the second moderator is told who was first."""
    before = len(meg.mailbox), len(max_.mailbox), len(ann.mailbox)
    assert "first posts of each member" in waits(rosa, "Hello", "The nights are long.").text
    notice = meg.next_mail("a post waits for you", before[0])
    assert handle in notice.text and "The nights are long." in notice.text
    other = max_.next_mail("a post waits for you", before[1])
    forger = Correspondent(meg.house, meg.world, MEG, proven=False)
    forger.reply(notice, "reject")
    decides(meg, notice, "Approve. Thank you for asking.")
    assert str(ann.next_mail("Hello", before[2]).message["From"]).startswith(handle)
    assert "Warm Lantern was first." in max_.answer(other, "decided already", "discard").text


def rejects_her_second(
    house: Stack, rosa: Correspondent, meg: Correspondent, max_: Correspondent
) -> None:
    """One reply with words, which she reads above her text, without who signed them."""
    before = len(max_.mailbox)
    rosa.find("taken out", 0)  # her own copy of the first
    waits(rosa, "The clinic", "They were late again.")
    told = len(rosa.mailbox)
    notice = max_.find("They were", before)
    max_.reply(notice, f"reject Please leave out the clinic.\n\nBest wishes,\nMax\n{MAX}")
    back = rosa.next_mail("your post was not sent", told)
    assert "Please leave out the clinic." in back.text and "They were late again." in back.text
    assert "Max" not in back.text and MAX not in back.text
    assert held(house) == []


def sees_the_third_taken_back(house: Stack, rosa: Correspondent, meg: Correspondent) -> None:
    """The author changes her mind; a moderator who answers then hears of it."""
    before = len(meg.mailbox)
    mine = waits(rosa, "Never mind", "I take this back.")
    notice = meg.find("take this", before)
    rosa.answer(mine, "done", "withdraw")
    late = meg.answer(notice, "decided already", "approve")
    assert "the author took the post back" in late.text
    assert held(house) == []


def discards_an_advert(house: Stack, rosa: Correspondent, meg: Correspondent) -> None:
    before = len(meg.mailbox)
    waits(rosa, "Cheap pills", "Buy them now.")
    told = len(rosa.mailbox)
    notice = meg.find("Buy them", before)
    assert "Nobody was told." in decides(meg, notice, "discard").text
    assert held(house) == []
    assert len(rosa.mailbox) == told


def trusts_her_from_now_on(rosa: Correspondent, meg: Correspondent, ann: Correspondent) -> None:
    before, copies = len(meg.mailbox), len(ann.mailbox)
    waits(rosa, "Better", "I slept.")
    notice = meg.find("I slept.", before)
    decides(meg, notice, "trust")
    ann.next_mail("Better", copies)
    rosa.write(GROUP, "Tea", "The kettle is on.")
    ann.next_mail("Tea", copies + 1)


def carries_a_letter_to_the_owner(
    rosa: Correspondent, olga: Correspondent, meg: Correspondent, max_: Correspondent, handle: str
) -> None:
    """Both ways, and neither side sees the other's address."""
    rosa.find("The kettle is on.", 0)
    before = len(olga.mailbox), len(rosa.mailbox)
    rosa.write(OWNER, "A question", "Who reads the posts?")
    letter = olga.find("Who reads the posts?", before[0])
    assert str(letter.message["From"]).startswith(handle)
    olga.reply(letter, "Three of us do.")
    answer = rosa.find("Three of us do.", before[1])
    assert str(answer.message["From"]).startswith("Still Water via")
    assert OLGA.encode() not in answer.content
    for other in (meg, max_):
        other.find("Three of us do.", 0)


def test_what_nobody_decides_goes_up_and_back(house: Stack, world: Sink) -> None:
    """Time is set back in the database: a day, two, two more, and to the end."""
    sam, meg, olga, root = (Correspondent(house, world, who) for who in (SAM, MEG, OLGA, ROOT))
    house.quietlist("member", "add", GROUP, SAM, "--handle", "Mild Fern")
    before = len(meg.mailbox)
    waits(sam, "Is anybody there", "It is very quiet.")
    meg.find("It is very quiet.", before)

    later(house, "-21 hours")
    summary = meg.find("what waits today", before)
    assert "Mild Fern: Is anybody there" in summary.text

    asked = len(olga.mailbox)
    later(house, "-28 hours")
    olga.find("nobody has looked", asked)
    asked = len(root.mailbox)
    later(house, "-49 hours")
    root.find("nobody has looked", asked)

    asked = len(sam.mailbox)
    later(house, "-20 days")
    back = sam.find("your post was not sent", asked)
    assert "It is very quiet." in back.text
    meg.find("had waited too long", before)
    assert held(house) == []


def later(house: Stack, how: str) -> None:
    """As if that much time had passed for all that waits, and a sweep came by."""
    moved = ", ".join(f"{name} = datetime({name}, '{how}')" for name in ("held_at", "told_at"))
    house.sql(f"UPDATE held_posts SET {moved}")  # noqa: S608  # our own words
    house.sql(f"UPDATE moderation_rounds SET told_at = datetime(told_at, '{how}')")  # noqa: S608
    house.sweep()
