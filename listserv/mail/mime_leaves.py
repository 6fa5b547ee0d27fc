"""From a parsed MIME tree to its leaves, strictly (RFC 2045, RFC 2046)."""

import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from email.utils import collapse_rfc2231_value
from itertools import islice

from listserv.mail.characters import one_line
from listserv.mail.charsets import decode
from listserv.mail.encoded_words import decode_words
from listserv.mail.header_block import SINGLE
from listserv.mail.parts import Part
from listserv.mail.unreadable import Unreadable

_TEXT_TYPES = frozenset({"text/plain", "text/html", "text/markdown", "text/csv"})
_UNREADABLE_TYPES = {
    "message/partial": "The mail is one piece of a mail that was cut up. Please send it whole.",
    "message/external-body": "The mail points to text outside of it. Please send the text itself.",
}
_MAIL_TYPES = frozenset({"message/rfc822", "message/global"})
_PLAIN = frozenset({"", "7bit", "8bit", "binary"})
_DECODED_FOR_US = frozenset({"", "7bit", "8bit", "binary", "quoted-printable"})
_BROKEN_TREE = "The parts of the mail do not fit together, as if it had been cut off or damaged."
_DOUBLED = "A part of the mail has the same header field twice."
_ENCODING = "A part of the mail is in a transfer encoding that we do not know or that is broken."
_CHARSET = "The text of the mail is not in the character set that it names. UTF-8 always works."
_LONG = "A part of the mail has a header that is too long."
_MANY = "The mail has too many parts. Please send fewer attachments."
# The standard library reads parameters in quadratic time.
LONGEST_FIELD = 4000
_MOST_LEAVES = 500
_WHITE = re.compile(rb"\s+")


class _Broken(Exception):
    """Carries the reason out of the walk; never leaves this module."""


def leaves(message: Message) -> tuple[Part, ...] | Unreadable:
    """Every leaf in order, or why the tree cannot be read with certainty."""
    try:
        found = tuple(islice(_walk(message), _MOST_LEAVES + 1))
        return found if len(found) <= _MOST_LEAVES else Unreadable(_MANY)
    except _Broken as problem:
        return Unreadable(str(problem))


def _walk(root: Message) -> Iterator[Part]:
    """Without recursion: the depth of the tree is the sender's choice."""
    waiting: list[tuple[Message, tuple[str, ...], tuple[int, ...]]] = [(root, (), ())]
    while waiting:
        message, path, place = waiting.pop()
        _check(message)
        kind = message.get_content_type()
        payload = message.get_payload()
        if kind.startswith("multipart/") and isinstance(payload, list):
            inner = (*path, kind)
            waiting.extend(
                (child, inner, (*place, number))
                for number, child in reversed(list(enumerate(payload)))
                if isinstance(child, Message)
            )
        elif kind in _MAIL_TYPES:
            yield from _mail(message, kind, path, place)
        else:
            yield _leaf(message, kind, path, place)


def _mail(
    message: Message, kind: str, path: tuple[str, ...], place: tuple[int, ...]
) -> Iterator[Part]:
    """A mail inside the mail (RFC 2046 §5.2.1), and its leaves when it can be read.

    Recursion is bounded by the number of containers that the door lets in.
    """
    head = _leaf(message, kind, path, place)
    payload = message.get_payload()
    inner = payload[0] if isinstance(payload, list) and len(payload) == 1 else None
    encoding = str(message.get("content-transfer-encoding", "")).strip().lower()
    found = leaves(inner) if isinstance(inner, Message) and inner.get("from") else ()
    if isinstance(found, Unreadable) or encoding not in _PLAIN:
        found = ()
    if not found or not isinstance(inner, Message):
        yield head
        return
    yield replace(head, text=_people(inner))
    for part in found:
        yield replace(part, path=(*path, kind, *part.path), place=(*place, 0, *part.place))


def _people(message: Message) -> str:
    """Who wrote a mail to whom, a line a field, to be found in its words."""
    fields = (
        f"{name}: {one_line(decode_words(str(message.get(name, ''))) or '')[:LONGEST_FIELD]}"
        for name in ("From", "To", "Cc")
    )
    return "\n".join(fields)


def _check(message: Message) -> None:
    names = [name.lower() for name in message]
    singles = [name for name in names if name in SINGLE]
    if len(singles) != len(set(singles)):
        raise _Broken(_DOUBLED)
    if any(
        len(str(value)) > LONGEST_FIELD
        for name, value in message.raw_items()
        if name.lower().startswith("content-")
    ):
        raise _Broken(_LONG)
    if message.defects:
        raise _Broken(_BROKEN_TREE)
    reason = _UNREADABLE_TYPES.get(message.get_content_type())
    if reason:
        raise _Broken(reason)


def _leaf(message: Message, kind: str, path: tuple[str, ...], place: tuple[int, ...]) -> Part:
    content = b"" if kind.startswith("message/") else _content(message)
    charset = _param(message, "charset")
    filename = _filename(message)
    disposition = (message.get_content_disposition() or "").lower()
    text = decode(content, charset) if kind in _TEXT_TYPES else None
    beside = disposition == "attachment" or filename
    if text is None and kind in ("text/plain", "text/html") and not beside:
        raise _Broken(_CHARSET)
    return Part(
        content_type=kind,
        charset=charset,
        content=content,
        filename=filename,
        content_id=one_line(str(message.get("content-id", ""))).strip("<>"),
        disposition=disposition,
        path=path,
        flowed=_param(message, "format") == "flowed",
        delsp=_param(message, "delsp") == "yes",
        place=place,
        text=text,
    )


def _content(message: Message) -> bytes:
    encoding = str(message.get("content-transfer-encoding", "")).strip().lower()
    if encoding == "base64":
        return _from_base64(str(message.get_payload()).encode("utf-8", "replace"))
    if encoding not in _DECODED_FOR_US:
        raise _Broken(_ENCODING)
    # Without decode the standard library would already have guessed at 8-bit letters.
    content = message.get_payload(decode=True)
    if not isinstance(content, bytes):
        raise _Broken(_BROKEN_TREE)
    return quopri.decodestring(content) if _is_left_packed(message, encoding) else content


def _is_left_packed(message: Message, encoding: str) -> bool:
    """The standard library does not know the encoding when white space stands around it."""
    written = str(message.get("content-transfer-encoding", "")).lower()
    return encoding == "quoted-printable" and written != encoding


def _from_base64(raw: bytes) -> bytes:
    packed = _WHITE.sub(b"", raw)
    try:
        return binascii.a2b_base64(packed, strict_mode=True) if packed else b""
    except binascii.Error:
        raise _Broken(_ENCODING) from None


def _param(message: Message, name: str) -> str:
    """A parameter of Content-Type; RFC 2231 forms are decoded by the standard library."""
    value = message.get_param(name)
    return one_line(collapse_rfc2231_value(value)).lower() if value else ""


def _filename(message: Message) -> str:
    name = message.get_filename() or ""
    decoded = decode_words(str(name))
    return one_line(str(name) if decoded is None else decoded)
