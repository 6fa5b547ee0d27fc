"""The mail that the benches send: plain text of about 3 KB."""

from datetime import UTC, datetime

from listserv.domain.anonymous_message import AnonymousMessage
from listserv.domain.list_settings import ListSettings
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import Post, PostState
from listserv.mail.compose import compose_post

SENDER = "member0@members.example.net"
WORDS = "support group tonight we talked about sleep and how hard mornings are thank you all "
TEXT = "".join(f"{WORDS[:70]}\r\n" for _ in range(42))


def post(list_address: str, sender: str, message_id: str) -> bytes:
    return (
        f"From: {sender}\r\nTo: {list_address}\r\nSubject: Good evening\r\n"
        f"Message-ID: <{message_id}@members.example.net>\r\n"
        "Date: Mon, 02 Mar 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/plain; charset=us-ascii\r\n\r\n{TEXT}"
    ).encode()


def copy(list_address: str) -> bytes:
    """The bytes of one copy of that post, as the product sends it."""
    now = datetime.now(UTC)
    message = AnonymousMessage("Good evening", TEXT.replace("\r\n", "\n"))
    found = Post(
        1, 1, None, PostState.ACCEPTED, "Quiet Otter", message, "<m@example.org>", (), (), now, now
    )
    template = compose_post(found, MailingList(1, list_address, "Bench", ListSettings()), now)
    return template.copy("https://lists.example.org/unsubscribe/" + "a" * 26, "a@example.org")
