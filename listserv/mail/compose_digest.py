"""A whole digest, composed once for all who get it; its copies differ in two fields.

One is the date: a common one would be that of whoever got it first, and tell at which
hour somebody else reads.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from listserv.domain.subscription import DigestFormat
from listserv.mail import header_lines
from listserv.mail.compose import seal
from listserv.mail.digest_index import index_digest
from listserv.mail.digest_issue import Issue
from listserv.mail.digest_mime import mime_digest
from listserv.mail.digest_plain import plain_digest
from listserv.mail.digest_reader import reader_digest
from listserv.mail.dkim import UNSIGNED, Seal, Signing
from listserv.mail.list_headers import list_fields, reply_to, unsubscribe_field

_WRITERS: Mapping[DigestFormat, Callable[[Issue], bytes]] = {
    DigestFormat.READER: reader_digest,
    DigestFormat.PLAIN: plain_digest,
    DigestFormat.MIME: mime_digest,
    DigestFormat.INDEX: index_digest,
}

_OPEN = ("list-unsubscribe", "date")


@dataclass(frozen=True)
class DigestTemplate:
    """A digest with two fields left open. Made by `sign_digest`."""

    _content: bytes = field(repr=False)
    _seal: Seal = field(repr=False)

    def pieces(
        self, dates: Sequence[datetime], unsubscribe: Sequence[bytes]
    ) -> tuple[list[bytes], bytes]:
        """The fields of each of these copies alone, and what is the same in all (the same object).

        dates: when each copy was made; aware. unsubscribe: the other field that is open.
        """
        own = [
            leave + header_lines.date(date) for date, leave in zip(dates, unsubscribe, strict=True)
        ]
        seals = self._seal.fields(own)
        return [above + fields for above, fields in zip(seals, own, strict=True)], self._content

    def copy(
        self, date: datetime, list_unsubscribe_url: str, list_unsubscribe_mailto: str
    ) -> bytes:
        """The bytes of one copy, as they go over the wire before dots are doubled."""
        unsubscribe = unsubscribe_field(list_unsubscribe_url, list_unsubscribe_mailto)
        (own,), content = self.pieces([date], [unsubscribe])
        return own + content


def compose_digest(issue: Issue) -> bytes:
    """What all copies share, in the format that their readers chose."""
    mine = issue.mailing_list
    head = b"".join(
        (
            header_lines.words("Subject", issue.title),
            header_lines.mailbox("From", mine.outer_name, mine.address),
            header_lines.mailbox("To", "", mine.address),
            reply_to(mine),
            header_lines.field("Message-ID", issue.message_id),
            list_fields(mine),
            header_lines.field("Auto-Submitted", "auto-generated"),
        )
    )
    body = _WRITERS[issue.digest.variant.format](issue)
    return b"".join((head, header_lines.field("MIME-Version", "1.0"), body))


def sign_digest(content: bytes, signing: Signing = UNSIGNED) -> DigestTemplate:
    """content: as `compose_digest` writes it."""
    return DigestTemplate(content, seal(content, signing, _OPEN))
