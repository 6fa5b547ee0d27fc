"""The posts of the golden tests, one a case."""

from datetime import UTC, datetime

from listserv.domain.anonymous_message import AnonymousMessage, Attachment
from listserv.domain.list_settings import ListSettings, ReplyTo
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import Post, PostState

DATE = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)
GROUP = MailingList(1, "group@example.org", "Evening group", ListSettings(outer_name="Evenings"))
QUIET_GROUP = MailingList(
    2, "news@example.org", "Nachrichten für alle", ListSettings(reply_to=ReplyTo.NONE)
)
URL = "https://lists.example.org/unsubscribe/aaaaaaaaaaaaaaaaaaaaaaaaaa"
LEAVE = "group-leave+aaaaaaaaaaaaaaaaaaaaaaaaaa@example.org"
PICTURE = Attachment("picture-1.jpg", "image/jpeg", bytes(range(64)), "picture-1")
NOTES = Attachment("text-1.txt", "text/plain", b"Bring tea.\n")


def post(
    message: AnonymousMessage, references: tuple[str, ...] = (), handle: str = "Quiet Otter"
) -> Post:
    return Post(
        id=7,
        list_id=1,
        author_id=3,
        state=PostState.ACCEPTED,
        handle=handle,
        message=message,
        message_id="<mmmmmmmmmmmmmmmmmmmmmmmmmm@example.org>",
        references=references,
        redactions=(),
        received_at=DATE,
        accepted_at=DATE,
    )


_THREAD = tuple(f"<{letter * 26}@example.org>" for letter in "abcdefgh")
_HTML = '<p>Look at <b>this</b>:<br><img src="cid:picture-1" alt="a pond"></p>'

CASES: dict[str, tuple[Post, MailingList, str]] = {
    "plain": (
        post(AnonymousMessage("Tonight", "Hello all.\n.dotted\nFrom me\n")),
        GROUP,
        "",
    ),
    "non_ascii": (
        post(
            AnonymousMessage("Grüße an alle, und ein schönes Wochenende 🌱", "Schöne Grüße.\n"),
            handle="Stiller Fischotter Ü",
        ),
        QUIET_GROUP,
        "",
    ),
    "mostly_non_ascii": (post(AnonymousMessage("Вечер", "Добрый вечер всем.\n" * 5)), GROUP, ""),
    "html_and_text": (
        post(AnonymousMessage("Two forms", "Look at this:\n", "<p>Look at <b>this</b>:</p>")),
        GROUP,
        "",
    ),
    "inline_picture": (
        post(AnonymousMessage("A pond", "Look at this:\n[picture]\n", _HTML, (PICTURE,))),
        GROUP,
        "",
    ),
    "attachments": (
        post(AnonymousMessage("Files", "See the files.\n", "", (PICTURE, NOTES))),
        GROUP,
        "",
    ),
    "everything": (
        post(AnonymousMessage("All of it", "Look at this:\n", _HTML, (PICTURE, NOTES))),
        GROUP,
        "We took out your signature.",
    ),
    "long_subject": (
        post(AnonymousMessage("a word and another " * 12 + "x" * 90, "Hello.\n")),
        GROUP,
        "",
    ),
    "folded_subject": (post(AnonymousMessage("a word and another " * 12, "Hello.\n")), GROUP, ""),
    "long_thread": (post(AnonymousMessage("Re: Tonight", "Yes.\n"), _THREAD), GROUP, ""),
    "authors_line": (
        post(AnonymousMessage("Tonight", "Hello all.\n", "<p>Hello all.</p>")),
        GROUP,
        "We took out your name <and> your address.",
    ),
    "long_lines": (
        post(AnonymousMessage("Long", "A sentence without an end, = and so on. " * 30 + "\n")),
        GROUP,
        "",
    ),
}
