"""Mail as people send it, for the tests of the services."""

from listserv.domain.envelope import Envelope

ANN = "ann@example.net"


def plain(
    subject: str = "Hello",
    body: str = "Good morning everyone.",
    sender: str = ANN,
    to: str = "group@example.org",
    message_id: str = "<1@example.net>",
    extra: str = "",
    name: str = "Ann Marten",
) -> bytes:
    """A plain mail; extra: header lines, each ended by CRLF."""
    head = (
        f"From: {name} <{sender}>\r\nTo: {to}\r\nSubject: {subject}\r\n"
        f"Date: Mon, 02 Mar 2026 08:00:00 +0100\r\nMessage-ID: {message_id}\r\n{extra}"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    )
    return (head + body.replace("\n", "\r\n") + "\r\n").encode()


def from_ann() -> Envelope:
    return Envelope(ANN, trusted=True)
