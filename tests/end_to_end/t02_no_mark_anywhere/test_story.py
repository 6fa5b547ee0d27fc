"""A person made of unique marks posts; then every place is searched for each of the marks."""

import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pytest
from PIL import Image

from tests.end_to_end.t02_no_mark_anywhere import person, places
from tests.end_to_end.t02_no_mark_anywhere.search import findings
from tests.sink import Copy, sinking
from tests.stack import GROUP, Stack, mail, stack
from tests.waiting import wait_for

HELD = "waiting@example.org"
OWNER = "wanda.weidling@nachbarn.example.com"
GREYLISTED = "gisbert.greyling@spaetpost.example.com"
REFUSED = "rufina.refusenik@weggezogen.example.com"
STRANGER = "fremdula.fremdling@draussen.example.com"
NEIGHBOUR = "xaver.xylander@nachbarn.example.com"
OTHERS = [OWNER, NEIGHBOUR, GREYLISTED, REFUSED]
EVERYONE = [person.ADDRESS, *OTHERS]

# Who they are, whole and in part; only the envelope of a mail to them may say it.
PEOPLE = [
    *(name for address in (*OTHERS, STRANGER) for name in (address, address.partition("@")[0])),
    "nachbarn.example",
    "spaetpost.example",
    "weggezogen.example",
    "draussen.example",
]
MARKS = list(person.MARKS.values())


@dataclass(frozen=True)
class Story:
    """What happened, and what could be seen while copies were on their way and afterwards."""

    house: Stack
    copies: list[Copy]
    during: dict[str, bytes]
    after: dict[str, bytes]


@pytest.fixture(scope="module")
def story() -> Iterator[Story]:
    with sinking() as relay, stack({"relay_url": relay.url, "log_level": "debug"}) as house:
        # Relays like to name the address in their answer.
        relay.answers[GREYLISTED] = f"451 4.7.1 <{GREYLISTED}>: come back later"
        relay.answers[REFUSED] = f"550 5.1.1 <{REFUSED}>: nobody of that name"
        _settle_in(house)
        relay.shut_after(1)
        _send(house, GROUP, "one")
        wait_for(lambda: relay.is_shut, "copies on their way")
        _write_everywhere(house)
        during = places.database(house) | places.redis(house) | places.processes(house)
        relay.go_on()
        wait_for(lambda: _settled(house), "the outcome of every copy")
        _bounce(house, relay.copies)
        yield Story(house, relay.copies, during, _everything(house, relay.copies))


def _settle_in(house: Stack) -> None:
    house.up()
    house.make_list(OTHERS)
    house.quietlist("member", "add", GROUP, person.ADDRESS, "--handle", "Calm Heron")
    house.quietlist("member", "set", GROUP, OWNER, "role=owner")
    house.quietlist("list", "create", HELD, "--title", "Waiting room")
    house.quietlist("list", "set", HELD, "sender_proof=off", "moderate=all")
    house.quietlist("member", "add", HELD, person.ADDRESS)


def _write_everywhere(house: Stack) -> None:
    """To a list that holds posts, to the owner, to the operator; and what is refused."""
    for number, recipient in enumerate(
        (HELD, "group-owner@example.org", "group-request@example.org", "postmaster@example.org")
    ):
        _send(house, recipient, f"number-{number}")
    with pytest.raises(smtplib.SMTPDataError):  # two From fields cannot be read
        _send(house, GROUP, "twice", (b"\r\nCc:", b"\r\nFrom:"))
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        _send(house, f"{person.GIVEN}@example.org", "nobody")
    with pytest.raises(smtplib.SMTPDataError):
        house.send(mail(sender=STRANGER), mail_from=STRANGER)
    ask = mail("join\n", sender=STRANGER, recipient="group-join@example.org")
    house.send(ask, "group-join@example.org", mail_from=STRANGER)


def _send(house: Stack, recipient: str, tag: str, change: tuple[bytes, bytes] = (b"", b"")) -> None:
    raw = person.post(recipient, tag)
    raw = raw.replace(*change, 1) if change[0] else raw
    with smtplib.SMTP("127.0.0.1", house.smtp_port, person.HELO, 30) as client:
        client.sendmail(person.ENVELOPE, recipient, raw)


def _bounce(house: Stack, copies: list[Copy]) -> None:
    """A report of a member's own server, which names the member."""
    (sender,) = (copy.mail_from for copy in copies if copy.recipient == NEIGHBOUR)
    report = mail(f"<{NEIGHBOUR}> is full.\n", sender="mailer-daemon@nachbarn.example.com")
    house.send(report, sender, mail_from="")


def _settled(house: Stack) -> bool:
    status = house.status()
    copies, notices = status["deliveries"], status["notices"]
    return bool(
        copies["sent"] == len(EVERYONE) - 2
        and copies["deferred"] == copies["failed"] == 1
        and notices["pending"] == 0
        and notices["sent"] == 3
    )


def _everything(house: Stack, copies: list[Copy]) -> dict[str, bytes]:
    token = str(copies[0].message["List-Unsubscribe"]).partition("/unsubscribe/")[2].partition(">")
    shown = ("/", f"/lists/{GROUP}", "/healthz", "/metrics", f"/unsubscribe/{token[0]}", "/outbox")
    lines = (
        f"member list {GROUP}",
        f"held list {HELD}",
        f"held list {HELD} --json",
        "status --json",
        "quarantine list",
        f"list show {GROUP} --json",
    )
    return {
        **places.database(house),
        **places.redis(house),
        **places.files(house),
        **places.processes(house),
        **places.pages(house, *shown),
        **places.commands(house, *lines),
        **places.mails(copies),
    }


def test_the_search_finds_every_mark_in_the_mail_as_it_was_sent() -> None:
    sent = f"{person.HELO} {person.ENVELOPE}\n".encode() + person.post(GROUP, "one")
    found = findings({"mail": sent, "picture": person.picture()}, MARKS)
    assert {line.partition(": ")[2] for line in found} == set(MARKS)


def test_the_places_are_what_they_are_called(story: Story) -> None:
    assert person.WORDS.encode() in story.after["posts.text"]
    assert b"SQLite format 3" in story.after["data/quietlist.db"]
    assert b"rq:job" in story.after["data/redis/appendonlydir/appendonly.aof.1.incr.aof"]
    assert any(place.startswith("redis key b'rq:") for place in story.during)
    assert b"received" in story.after["up.err"]
    assert b"200" in story.after[f"page /lists/{GROUP}"]


def test_nothing_of_the_author_while_copies_are_on_their_way(story: Story) -> None:
    assert findings(story.during, [*MARKS, *PEOPLE]) == []


def test_nothing_of_the_author_anywhere_afterwards(story: Story) -> None:
    assert findings(_without_mails(story), MARKS) == []
    to_others = [
        copy for copy in story.copies if copy.mail_from or copy.recipient != person.ADDRESS
    ]
    assert findings(places.mails(to_others), MARKS) == []


def test_no_member_stands_anywhere_but_in_the_envelope_of_a_mail_to_them(story: Story) -> None:
    assert findings(_without_mails(story), PEOPLE) == []
    assert findings(places.mails(_posts(story)), PEOPLE) == []


def test_a_notice_names_nobody_but_the_one_it_is_for(story: Story) -> None:
    notices = [copy for copy in story.copies if not copy.mail_from]
    assert sorted(notice.recipient for notice in notices) == sorted(
        [OWNER, STRANGER, person.ADDRESS]
    )
    for notice in notices:
        strangers = [name for name in [*MARKS, *PEOPLE] if name not in notice.recipient]
        assert findings(places.mails([notice]), strangers) == []


def test_the_words_themselves_have_arrived(story: Story) -> None:
    posts = _posts(story)
    assert sorted(copy.recipient for copy in posts) == sorted({*EVERYONE} - {GREYLISTED, REFUSED})
    for copy in posts:
        assert person.WORDS in copy.text
        html = copy.message.get_body(("html",))
        assert html is not None
        assert person.WORDS in html.get_content()


def test_the_picture_has_arrived_without_its_story(story: Story) -> None:
    for copy in _posts(story):
        (content,) = [
            part.get_payload(decode=True)
            for part in copy.message.walk()
            if part.get_content_maintype() == "image"
        ]
        assert isinstance(content, bytes)
        picture = Image.open(BytesIO(content))
        assert picture.size == (64, 48)
        assert dict(picture.getexif()) == {}
        assert not {"exif", "comment", "icc_profile", "xmp"} & picture.info.keys()


def test_what_is_held_can_be_read_under_the_handle(story: Story) -> None:
    (held,) = story.house.json("held", "list", HELD)
    assert person.WORDS in held["text"]
    assert held["handle"] not in ("", "Calm Heron")


def _posts(story: Story) -> list[Copy]:
    return [copy for copy in story.copies if copy.mail_from]


def _without_mails(story: Story) -> dict[str, bytes]:
    mails = places.mails(story.copies)
    return {place: data for place, data in story.after.items() if place not in mails}
