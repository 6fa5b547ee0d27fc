"""The digests of the golden tests: an evening's posts, in each format and language."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from listserv.domain.anonymous_message import Attachment
from listserv.domain.digest import Digest, DigestPost, StoredFile, Variant, Window
from listserv.domain.language import Language
from listserv.domain.list_settings import ListSettings
from listserv.domain.mailing_list import MailingList
from listserv.domain.subscription import DigestFormat
from listserv.mail.digest_issue import Entry, Issue

DATE = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
MADE_AT = DATE + timedelta(hours=2)
GROUP = MailingList(1, "group@example.org", "Evening group", ListSettings(outer_name="Evenings"))
MESSAGE_ID = "<dddddddddddddddddddddddddd@example.org>"
PICTURE = Attachment("picture-1.jpg", "image/jpeg", bytes(range(64)))
TOO_LARGE = StoredFile(9, "picture-1.png", "image/png", "", 2_600_000)


def _id(letter: str) -> str:
    return f"<{letter * 26}@example.org>"


def _post(number: int, handle: str, subject: str, text: str, *above: str) -> DigestPost:
    letter = "abcdefgh"[number - 1]
    return DigestPost(
        id=number,
        handle=handle,
        subject=subject,
        text=text,
        html="",
        message_id=_id(letter),
        references=tuple(map(_id, above)),
        thread=_id(above[0] if above else letter),
        date=DATE + timedelta(minutes=7 * number),
    )


POSTS = (
    _post(1, "Quiet Otter", "Thursday", "The kettle is on at seven.\n\nBring a cup & a chair.\n"),
    _post(
        2,
        "Brave Elk",
        "A hard week",
        "I slept badly again.\nDid anybody try https://example.org/sleep?a=1&b=2, or the\n"
        "<old> way?\n\n" + "-" * 30 + "\n\nThanks for listening.\n",
    ),
    _post(
        3,
        "Stiller Fischotter Ü",
        "Re: Thursday",
        "> The kettle is on at\n> seven.\n> Bring a cup & a chair.\n\n"
        "I will be there. Schöne Grüße.\n",
        "a",
    ),
    _post(
        4,
        "Quiet Otter",
        "Re: A hard week",
        "Me too.\n\n> Sleep is the best meditation.\n\nSo says my grandmother.\n",
        "b",
    ),
)


def _entry(post: DigestPost) -> Entry:
    token = post.message_id[1:27]
    return Entry(
        post,
        reply_to=f"group-thread+{token}@example.org",
        get_from=f"group-get+{token}@example.org",
        kept=(PICTURE,) if post.id == 3 else (),
        left_out=(TOO_LARGE,) if post.id == 4 else (),
    )


def issue(form: DigestFormat, language: Language) -> Issue:
    entries = [_entry(post) for post in POSTS]
    if form in (DigestFormat.PLAIN, DigestFormat.INDEX):
        entries = [replace(entry, kept=()) for entry in entries]
    digest = Digest(7, 1, Variant(form, language), Window(3, 7), 2, 31)
    return Issue(digest, GROUP, tuple(entries), MESSAGE_ID)


CASES = tuple((form, language) for form in DigestFormat for language in Language)
