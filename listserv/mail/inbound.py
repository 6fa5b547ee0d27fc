"""The one door to mail-parser: a message as it came, behind the wall."""

import logging
import re
from dataclasses import dataclass, field
from email.message import Message

from mailparser import MailParser

from listserv.domain.address import parse_address
from listserv.domain.errors import Refused
from listserv.mail.characters import one_line
from listserv.mail.encoded_words import decode_words
from listserv.mail.header_block import HeaderBlock, read_header_block
from listserv.mail.mailboxes import Mailbox, mailboxes
from listserv.mail.mime_leaves import LONGEST_FIELD, leaves
from listserv.mail.parts import Part
from listserv.mail.unreadable import Unreadable

__all__ = ["InboundMessage", "Part", "Unreadable", "mime_tree", "parse"]

# mail-parser logs header names, file names and other words of the sender.
_log = logging.getLogger("mailparser")
_log.addHandler(logging.NullHandler())
_log.propagate = False
_log.setLevel(logging.CRITICAL + 1)

# The standard library's parser recurses once a container, and tries every boundary above a
# line on that line; a mail that a person wrote has fewer than ten containers.
_MOST_CONTAINERS = 30
_MOST_PARTS = 500
# Each may open a part. Base64 has none, and a text few.
_MOST_DASHED_LINES = 20_000
# 25 MiB of base64 have 350,000.
_MOST_LINES = 800_000
# A delivery report is taken apart at each empty line.
_LONGEST_REPORT = 512 * 1024
_LONGEST_ADDRESS = 320
# In lower case, which is searched many times as fast as both are.
_CONTAINER = re.compile(
    rb"content-type:\s*(?:multipart|message)/[^\r\n]*(?:(?:\r\n|\r|\n)[ \t][^\r\n]*)*"
)
_REPORT = re.compile(rb"content-type:\s*message/delivery-status")
_PART = b"content-type:"
_TOO_MANY_PARTS = Unreadable("The mail has too many parts. Please send fewer attachments.")


class _Tree(MailParser):  # type: ignore[misc]
    """mail-parser's guarded reading of bytes into a tree, without the digest it makes of it.

    That digest composes every body (NFC), which takes minutes for a megabyte
    of combining marks, and decodes what we read more strictly ourselves.
    """

    def parse(self) -> "_Tree":
        """Nothing more than the tree."""
        return self


@dataclass(frozen=True)
class InboundMessage:
    """A message as it came. Everything in it may name its author.

    headers: every field in order, names in lower case, values unfolded and
    decoded to one line without controls. size: bytes as they came.
    known_names, known_addresses: every name and address that From, Reply-To,
    Sender and the like give for the author.
    """

    headers: tuple[tuple[str, str], ...] = field(repr=False)
    parts: tuple[Part, ...] = field(repr=False)
    from_address: str = field(repr=False)
    from_name: str = field(repr=False)
    subject: str = field(repr=False)
    size: int = 0
    known_names: frozenset[str] = field(repr=False, default=frozenset())
    known_addresses: frozenset[str] = field(repr=False, default=frozenset())

    def all(self, name: str) -> tuple[str, ...]:
        """The values of every field of that name, in order."""
        return tuple(value for key, value in self.headers if key == name)

    def first(self, name: str) -> str:
        """The first value of that field, or ""."""
        return next(iter(self.all(name)), "")


def typed(address: str, words: str = "") -> InboundMessage:
    """What somebody says without a mail, on a page or in a command, as a mail from them."""
    parts = (Part("text/plain", "utf-8", b"", text=words),) if words else ()
    return InboundMessage(headers=(), parts=parts, from_address=address, from_name="", subject="")


def parse(raw: bytes) -> InboundMessage | Unreadable:
    """The message in `raw` (RFC 5322, RFC 2045); never raises.

    What is broken or ambiguous is not repaired by guessing: the reason says
    what its author can do. LF line ends, a missing Date, Subject or
    MIME-Version and 8-bit header text in UTF-8 are read.
    """
    try:
        return _parse(raw)
    except Exception:  # mail-parser and the standard library raise on some broken mail
        return Unreadable("The mail is broken in a way that we cannot read. Please write it anew.")


def mime_tree(raw: bytes) -> Message | None:
    """The bare tree of a mail that is no post, however broken; None when it is out of bounds.

    May raise whatever the parser raises.
    """
    return None if _bounds(raw) else _tree(raw)


def _parse(raw: bytes) -> InboundMessage | Unreadable:
    too_much = _bounds(raw)
    if too_much:
        return too_much
    block = read_header_block(raw)
    if isinstance(block, Unreadable):
        return block
    author = _author(block)
    if isinstance(author, Unreadable):
        return author
    subject = decode_words(block.first("subject"))
    if subject is None:
        return Unreadable("The subject is written in a character set that we cannot read.")
    message = _tree(raw)
    parts = _parts(message, block)
    if isinstance(parts, Unreadable):
        return parts
    from_address, from_name = author
    return InboundMessage(
        headers=tuple((name, _shown(value)) for name, value in block.fields),
        parts=parts,
        from_address=from_address,
        from_name=from_name,
        subject=one_line(subject),
        size=len(raw),
        known_names=_known_names(block),
        known_addresses=_known_addresses(block),
    )


def _tree(raw: bytes) -> Message:
    message: Message = _Tree.from_bytes(raw).message
    return message


def _bounds(raw: bytes) -> Unreadable | None:
    """What the parser could choke on is counted before it runs."""
    if not raw.strip():
        return Unreadable("The mail is empty.")
    if b"\0" in raw:
        return Unreadable("The mail contains NUL bytes, which mail may not. Please write it anew.")
    if len(raw) > _MOST_LINES and _line_ends(raw) > _MOST_LINES:
        return Unreadable("The mail has too many lines. Please send a shorter one.")
    if len(raw) > _MOST_DASHED_LINES and _dashed_lines(raw) > _MOST_DASHED_LINES:
        return _TOO_MANY_PARTS
    return _container_bounds(raw.lower())


def _line_ends(raw: bytes) -> int:
    return raw.count(b"\n") + raw.count(b"\r") - raw.count(b"\r\n")


def _dashed_lines(raw: bytes) -> int:
    return raw.count(b"\n--") + raw.count(b"\r--")


def _container_bounds(raw: bytes) -> Unreadable | None:
    containers = _CONTAINER.findall(raw)
    if len(containers) > _MOST_CONTAINERS:
        return Unreadable("The mail has too many mails inside mails. Please send plain text.")
    if any(len(field) > LONGEST_FIELD for field in containers) or (
        len(raw) > _LONGEST_REPORT and _REPORT.search(raw)
    ):
        return Unreadable("A part of the mail has a header that is too long.")
    if raw.count(_PART) > _MOST_PARTS:
        return _TOO_MANY_PARTS
    return None


def _author(block: HeaderBlock) -> tuple[str, str] | Unreadable:
    """The address and name in From: exactly one, or nobody can say whose post it is."""
    if not block.all("from"):
        return Unreadable("The mail has no From field, so we cannot tell who sent it.")
    found = mailboxes(block.first("from"))
    if len(found) != 1 or len(found[0].address) > _LONGEST_ADDRESS:
        return Unreadable("The From field of the mail must have exactly one address.")
    try:
        address = parse_address(found[0].address)
    except Refused:
        return Unreadable("The address in the From field of the mail is not one we can read.")
    return address, one_line(found[0].name)


def _parts(message: Message, block: HeaderBlock) -> tuple[Part, ...] | Unreadable:
    if len(message.keys()) != len(block.fields):
        return Unreadable("The header of the mail can be read in two ways. Please write it anew.")
    return leaves(message)


def _shown(value: str) -> str:
    decoded = decode_words(value)
    return one_line(value if decoded is None else decoded)


# Fields in which programs name the person who wrote the mail, or the account it was sent by.
_NAMING = (
    "from",
    "sender",
    "reply-to",
    "return-path",
    "x-sender",
    "x-original-from",
    "x-google-original-from",
    "x-authenticated-sender",
    "x-authenticated-user",
    "x-auth-user",
    "x-auth-id",
    "disposition-notification-to",
    "return-receipt-to",
    "errors-to",
    "resent-from",
    "resent-sender",
)


def _known_names(block: HeaderBlock) -> frozenset[str]:
    names = (one_line(box.name) for field in _NAMING for box in _boxes(block, field))
    return frozenset(name for name in names if name)


def _known_addresses(block: HeaderBlock) -> frozenset[str]:
    addresses = (one_line(box.address).lower() for f in _NAMING for box in _boxes(block, f))
    return frozenset(address for address in addresses if "@" in address)


def _boxes(block: HeaderBlock, name: str) -> tuple[Mailbox, ...]:
    return tuple(box for value in block.all(name) for box in mailboxes(value))
