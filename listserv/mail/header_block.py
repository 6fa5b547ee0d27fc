"""The header block of a mail, read strictly from its bytes (RFC 5322 §2.2)."""

import re
from dataclasses import dataclass, field

from listserv.mail.unreadable import Unreadable

_MOST_BYTES = 256 * 1024
_MOST_FIELDS = 1000
_LONGEST_LINE = 20_000
# Encoded words are searched in each line: this many keep the search short on hostile input.
_MOST_WORDS = 4000
# RFC 5322 §3.6 and RFC 2045 §3 allow one of each. Two mean that two readers see two mails.
SINGLE = frozenset(
    {
        "date",
        "from",
        "sender",
        "reply-to",
        "to",
        "cc",
        "bcc",
        "message-id",
        "in-reply-to",
        "references",
        "subject",
        "content-type",
        "content-transfer-encoding",
        "content-disposition",
        "content-id",
    }
)
# Used in what we make or compare: guessing their letters would be a repair.
_MUST_DECODE = frozenset({"from", "sender", "reply-to", "subject"})
_END = re.compile(rb"\r?\n\r?\n")
_NAME = re.compile(rb"[!-9;-~]+:")
_WORDS = {
    "date": "Date",
    "message-id": "Message-ID",
    "reply-to": "Reply-To",
    "in-reply-to": "In-Reply-To",
}


@dataclass(frozen=True)
class HeaderBlock:
    """fields: (name in lower case, unfolded value, encoded words as they stand)."""

    fields: tuple[tuple[str, str], ...] = field(repr=False)

    def all(self, name: str) -> tuple[str, ...]:
        """The values of every field of that name, in order."""
        return tuple(value for key, value in self.fields if key == name)

    def first(self, name: str) -> str:
        """The first value of that field, or ""."""
        return next((value for key, value in self.fields if key == name), "")


def read_header_block(raw: bytes) -> HeaderBlock | Unreadable:
    """The fields above the first empty line. LF counts as a line end, CR alone does not."""
    block = _cut(raw)
    problem = _bounds(block)
    if problem:
        return problem
    folded = _unfold(block.replace(b"\r\n", b"\n"))
    if isinstance(folded, Unreadable):
        return folded
    fields: list[tuple[str, str]] = []
    for line in folded:
        name, _, value = line.partition(b":")
        text = _text(name.lower(), value)
        if isinstance(text, Unreadable):
            return text
        fields.append((name.lower().decode("ascii"), text))
    return _without_doubles(fields)


def _cut(raw: bytes) -> bytes:
    if raw.startswith((b"\n", b"\r\n")):
        return b""
    end = _END.search(raw)
    return raw[: end.start()] if end else raw.rstrip(b"\r\n")


def _bounds(block: bytes) -> Unreadable | None:
    if len(block) > _MOST_BYTES or block.count(b"\n") > 20 * _MOST_FIELDS:
        return Unreadable("The header of the mail is too large.")
    if block.count(b"=?") > _MOST_WORDS:
        return Unreadable("The header of the mail has too many encoded words.")
    if block.count(b"\r") != block.count(b"\r\n"):
        return Unreadable("The header of the mail has a bare carriage return.")
    if any(len(line) > _LONGEST_LINE for line in block.split(b"\n")):
        return Unreadable("The header of the mail has a line that is too long.")
    return None


def _unfold(block: bytes) -> list[bytes] | Unreadable:
    lines: list[list[bytes]] = []
    for number, line in enumerate(block.split(b"\n") if block else []):
        if number == 0 and line.startswith(b"From "):
            continue  # the separator of an mbox file
        if line[:1] in (b" ", b"\t"):
            if not lines:
                return Unreadable("The header of the mail begins with a continued line.")
            lines[-1].append(line)
        elif _NAME.match(line):
            lines.append([line])
        else:
            return Unreadable("The header of the mail has a line that is no header field.")
    if len(lines) > _MOST_FIELDS:
        return Unreadable("The header of the mail has too many fields.")
    return [b"".join(parts) for parts in lines]


def _text(name: bytes, value: bytes) -> str | Unreadable:
    try:
        return value.decode("utf-8").strip()
    except UnicodeDecodeError:
        if name.decode("ascii") in _MUST_DECODE:
            return Unreadable("The sender or subject of the mail is written in unknown letters.")
        return value.decode("latin-1").strip()


def _without_doubles(fields: list[tuple[str, str]]) -> HeaderBlock | Unreadable:
    seen: set[str] = set()
    for name, _ in fields:
        if name in SINGLE and name in seen:
            shown = _WORDS.get(name, name.title())
            return Unreadable(f"The mail has more than one {shown} field.")
        seen.add(name)
    return HeaderBlock(tuple(fields))
