"""A person made of unique marks posts; then every place is searched for each of the marks."""

import re
import smtplib
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zlib import compress

import pytest
from PIL import Image

from tests.end_to_end.t02_no_mark_anywhere import person, places
from tests.end_to_end.t02_no_mark_anywhere.house import FAILING, House, house
from tests.end_to_end.t02_no_mark_anywhere.search import findings
from tests.sink import Copy, sinking
from tests.stack import GROUP, mail
from tests.waiting import wait_for

HELD = "waiting@example.org"
OWNER = "wanda.weidling@nachbarn.example.com"
GREYLISTED = "gisbert.greyling@spaetpost.example.com"
REFUSED = "rufina.refusenik@weggezogen.example.com"
STRANGER = "fremdula.fremdling@draussen.example.com"
NEIGHBOUR = "xaver.xylander@nachbarn.example.com"
READER = "dietgard.digestine@sammelpost.example.com"
OTHERS = [OWNER, NEIGHBOUR, GREYLISTED, REFUSED]
EVERYONE = [person.ADDRESS, *OTHERS]  # who gets each post by itself

# Who they are, whole and in part; only the envelope of a mail to them may say it.
PEOPLE = [
    *(
        name
        for address in (*OTHERS, READER, STRANGER)
        for name in (address, address.partition("@")[0])
    ),
    "nachbarn.example",
    "spaetpost.example",
    "weggezogen.example",
    "draussen.example",
    "sammelpost.example",
]
SHOWN = ("/", f"/lists/{GROUP}", "/healthz", "/metrics", "/outbox", "/sign-in", "/nowhere")
MARKS = list(person.MARKS.values())
_OWN_ID = (person.MARKS["Message-ID"], person.MARKS["host in Received"])


@dataclass(frozen=True)
class Story:
    """What happened, and what could be seen while copies were on their way and afterwards."""

    home: House
    copies: list[Copy]
    during: dict[str, bytes]
    failing: dict[str, bytes]
    core_limits: dict[str, str]
    after: dict[str, bytes]


class BreaksOffOnce(dict[str, str]):
    """Answers of a relay that goes down at the first mail to somebody, and comes back."""

    def __init__(self, recipient: str) -> None:
        super().__init__()
        self.recipient = recipient
        self.broken = False

    def get(self, name: str, otherwise: str = "") -> str:  # type: ignore[override]
        if name == self.recipient and not self.broken:
            self.broken = True
            return ""
        return super().get(name, otherwise)


@pytest.fixture(scope="module")
def story() -> Iterator[Story]:
    with sinking() as relay, house(relay_url=relay.url, log_level="debug") as home:
        relay.answers = answers = BreaksOffOnce(NEIGHBOUR)
        # Relays like to name the address in their answer.
        relay.answers[GREYLISTED] = f"451 4.7.1 <{GREYLISTED}>: come back later"
        relay.answers[REFUSED] = f"550 5.1.1 <{REFUSED}>: nobody of that name"
        _settle_in(home)
        relay.shut_after(1)
        _send(home, GROUP, "one")
        wait_for(lambda: relay.is_shut, "copies on their way")
        _write_everywhere(home)
        during = _at_any_time(home)
        limits = places.core_limits(home)
        failing = _let_the_database_fail(home)
        relay.go_on()
        wait_for(lambda: answers.broken, "a connection to the relay that breaks off")
        home.sweep()
        wait_for(lambda: _settled(home), "the outcome of every copy")
        home.quietlist("digest", "send", GROUP)
        wait_for(lambda: _digest(relay.copies), "the digest")
        wait_for(lambda: _settled(home, digests=1), "the outcome of the digest")
        _bounce(home, relay.copies)
        after = _everything(home, relay.copies)
        yield Story(home, relay.copies, during, failing, limits, after)


def _at_any_time(home: House) -> dict[str, bytes]:
    return {
        **places.database(home),
        **places.redis(home),
        **places.processes(home),
        **places.files(home),
        **places.open_files(home),
    }


def _let_the_database_fail(home: House) -> dict[str, bytes]:
    """In the middle of taking a post, of showing a page, and of a worker's job."""
    with home.without("posts"):
        with pytest.raises(smtplib.SMTPDataError) as refused:
            _send(home, GROUP, "unstored")
        assert refused.value.smtp_code == 451
        home.sweep()
        wait_for(lambda: "sweep_failed" in home.said(), "a failing sweep")
        told = {"answer": str(refused.value).encode()}
        return {**told, **_at_any_time(home), **places.pages(home, *SHOWN)}


def _settle_in(home: House) -> None:
    home.up()
    home.make_list(OTHERS)
    home.quietlist("member", "add", GROUP, person.ADDRESS, "--handle", "Calm Heron")
    home.quietlist("member", "set", GROUP, OWNER, "role=owner")
    home.quietlist("member", "add", GROUP, READER)
    home.quietlist("member", "set", GROUP, READER, "delivery=daily")
    home.quietlist("list", "create", HELD, "--title", "Waiting room")
    home.quietlist("list", "set", HELD, "sender_proof=off", "moderate=all")
    home.quietlist("member", "add", HELD, person.ADDRESS)


def _write_everywhere(home: House) -> None:
    """To a list that holds posts, to the owner, to the operator; and what is refused."""
    for number, recipient in enumerate(
        (HELD, "group-owner@example.org", "group-request@example.org", "postmaster@example.org")
    ):
        _send(home, recipient, f"number-{number}")
    with pytest.raises(smtplib.SMTPDataError):  # two From fields cannot be read
        _send(home, GROUP, "twice", (b"\r\nCc:", b"\r\nFrom:"))
    _send(home, GROUP, "failing", words=f"{person.WORDS} {FAILING}")
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        _send(home, f"{person.GIVEN}@example.org", "nobody")
    with pytest.raises(smtplib.SMTPDataError):
        home.send(mail(sender=STRANGER), mail_from=STRANGER)
    ask = mail("join\n", sender=STRANGER, recipient="group-join@example.org")
    home.send(ask, "group-join@example.org", mail_from=STRANGER)


def _send(
    home: House,
    recipient: str,
    tag: str,
    change: tuple[bytes, bytes] = (b"", b""),
    words: str = person.WORDS,
) -> None:
    raw = person.post(recipient, tag, words)
    raw = raw.replace(*change, 1) if change[0] else raw
    with smtplib.SMTP("127.0.0.1", home.smtp_port, person.HELO, 30) as client:
        client.sendmail(person.ENVELOPE, recipient, raw)


def _bounce(home: House, copies: list[Copy]) -> None:
    """A report of a member's own server, which names the member."""
    (sender,) = (copy.mail_from for copy in copies if copy.recipient == NEIGHBOUR)
    report = mail(f"<{NEIGHBOUR}> is full.\n", sender="mailer-daemon@nachbarn.example.com")
    home.send(report, sender, mail_from="")


def _digest(copies: list[Copy]) -> list[Copy]:
    return [copy for copy in copies if copy.recipient == READER]


def _settled(home: House, digests: int = 0) -> bool:
    status = home.status()
    copies, notices = status["deliveries"], status["notices"]
    return bool(
        copies["sent"] == len(EVERYONE) - 2 + digests
        and copies["deferred"] == copies["failed"] == 1
        and notices["pending"] == 0
        and notices["sent"] == 4
    )


def _everything(home: House, copies: list[Copy]) -> dict[str, bytes]:
    token = str(copies[0].message["List-Unsubscribe"]).partition("/unsubscribe/")[2].partition(">")
    shown = (*SHOWN, f"/unsubscribe/{token[0]}")
    lines = (
        f"member list {GROUP}",
        f"held list {HELD}",
        f"held list {HELD} --json",
        "status --json",
        "quarantine list",
        f"list show {GROUP} --json",
    )
    return {
        **places.database(home),
        **places.redis(home),
        **places.files(home),
        **places.processes(home),
        **places.pages(home, *shown),
        **places.commands(home, *lines),
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


def test_nothing_is_left_where_programs_put_what_they_cannot_hold(story: Story) -> None:
    assert set(story.core_limits.values()) == {"0 0 bytes"}
    assert len(story.core_limits) >= 6
    assert not [place for place in story.after if place.startswith("tmp/")]


def test_nothing_of_anybody_when_the_database_fails(story: Story) -> None:
    assert b"not_stored" in story.failing["up.err"]
    assert b"sweep_failed" in story.failing["up.err"]
    assert b"posts_away.text" not in b"".join(story.failing.values())
    assert findings(story.failing, [*MARKS, *PEOPLE]) == []


def test_a_mail_that_makes_the_parser_fail_is_kept_sealed(story: Story) -> None:
    assert b"quarantined error=ValueError" in story.after["up.err"]
    (kept,) = (
        line for line in story.home.json("quarantine", "list") if line["reason"] == "ValueError"
    )
    opened = story.home.quietlist("quarantine", "show", kept["id"])
    assert person.FAMILY in opened


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
        [OWNER, STRANGER, person.ADDRESS, person.ADDRESS]
    )
    for notice in notices:
        # An answer says to which mail it is one: to whoever wrote that, and nobody else.
        own = _OWN_ID if notice.recipient == person.ADDRESS else ()
        strangers = [
            name for name in [*MARKS, *PEOPLE] if name not in notice.recipient and name not in own
        ]
        assert findings(places.mails([notice]), strangers) == []


def test_the_words_themselves_have_arrived(story: Story) -> None:
    posts = _posts(story)
    assert sorted(copy.recipient for copy in posts) == sorted({*EVERYONE} - {GREYLISTED, REFUSED})
    for copy in posts:
        assert person.WORDS in copy.text
        html = copy.message.get_body(("html",))
        assert html is not None
        assert person.WORDS in html.get_content()


def test_the_digest_has_the_words_and_the_picture(story: Story) -> None:
    (digest,) = _digest(story.copies)
    assert person.WORDS in digest.text
    html = digest.message.get_body(("html",))
    assert html is not None
    assert person.WORDS in html.get_content()
    assert {p.get_content_type() for p in digest.message.walk()} >= {"image/jpeg"}
    assert findings(places.mails([digest]), [*MARKS, *_others_than(READER)]) == []
    assert b"daily" in story.after["subscriptions.delivery"]


def _others_than(member: str) -> list[str]:
    return [name for name in PEOPLE if name not in member]


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
    (held,) = story.home.json("held", "list", HELD)
    assert person.WORDS in held["text"]
    assert held["handle"] not in ("", "Calm Heron")


def _posts(story: Story) -> list[Copy]:
    return [copy for copy in story.copies if copy.mail_from and copy.recipient != READER]


def _without_mails(story: Story) -> dict[str, bytes]:
    mails = places.mails(story.copies)
    return {place: data for place, data in story.after.items() if place not in mails}


def test_a_mark_that_somebody_planted_is_found_in_every_kind_of_place(story: Story) -> None:
    home, mark = story.home, "gepflanztes-zq-zeichen"
    home.sql(f"CREATE TABLE planted AS SELECT '{mark}' AS word")
    (home.folder / "tmp" / "planted").write_text(f"{mark}\n")
    with places.redis_of(home) as server:
        server.hset("planted", mapping={"exc_info": compress(mark.encode())})
    hidden = home.start_program(sys.executable, "-c", _HOLDS_OPEN, mark[::-1], name="holder")
    wait_for(lambda: "holding" in home.said(), "a process that holds a file open")
    found = findings(_at_any_time(home), [mark])
    assert hidden.poll() is None
    kinds = {re.split(r"[ ./]", place)[0] for place in found}
    assert kinds >= {"planted", "tmp", "redis", "open", "data"}


_HOLDS_OPEN = """
import sys, tempfile, time
with tempfile.TemporaryFile() as file:
    file.write(sys.argv[1][::-1].encode())
    file.flush()
    print("holding", flush=True)
    time.sleep(600)
"""
