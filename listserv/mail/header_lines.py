"""Header fields as bytes, folded by us: one function for each kind of field.

The library folds a long word into encoded words wherever it stands, links and
ids included; receivers then no longer find them. So only words are encoded.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.header import Header
from email.utils import format_datetime

import idna

from listserv.mail.characters import one_line

# RFC 5322 §2.1.1 asks for lines of at most 78; RFC 2047 §2 for 76 where a word is encoded.
_WIDTH = 76
_LONGEST_WORD = 60
_LONGEST_QUOTED = 60
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_UNSAFE_IN_URL = re.compile(r"[^!#-;=?-~]")


def field(name: str, value: str) -> bytes:
    """A value of our own making that needs no folding. Raises ValueError on a control character."""
    _check(name, value)
    return f"{name}: {value}\r\n".encode()


def words(name: str, text: str) -> bytes:
    """A field of free text, such as Subject, on as many lines as it takes."""
    text = one_line(text)
    if _must_encode(text) or any(len(word) > _LONGEST_WORD for word in text.split(" ")):
        return f"{name}: {_encoded(name, text)}\r\n".encode("ascii")
    return _folded(name, text.split(" "))


def mailbox(name: str, shown: str, address: str) -> bytes:
    """A field with one `"shown" <address>` (RFC 5322 §3.4); the address alone without `shown`."""
    shown = one_line(shown)
    address = wire_address(address)
    if not shown:
        return field(name, address)
    _check(name, address)
    phrase = _encoded(name, shown) if _too_odd_to_quote(shown) else _quoted(shown)
    return _beside(name, phrase, f"<{address}>")


def date(at: datetime) -> bytes:
    """`Date`, in UTC. at: aware."""
    return field("Date", format_datetime(at.astimezone(UTC)))


def list_id(shown: str, address: str) -> bytes:
    """`List-Id: shown <group.example.org>` (RFC 2919 §3)."""
    shown = one_line(shown)
    if _too_odd_to_quote(shown):
        phrase = _encoded("List-Id", shown)
    else:
        phrase = shown if _ATOMS.fullmatch(shown) else _quoted(shown)
    return _beside("List-Id", phrase, f"<{address.replace('@', '.')}>")


def message_ids(name: str, ids: Sequence[str]) -> bytes:
    """A field of message ids in angle brackets; b"" when there is none."""
    return _folded(name, list(ids)) if ids else b""


def links(name: str, *urls: str) -> bytes:
    """A field of `<url>`s, one a line and never encoded (RFC 2369 §2)."""
    value = ",\r\n ".join(f"<{_UNSAFE_IN_URL.sub(_percent, url)}>" for url in urls)
    return f"{name}: {value}\r\n".encode("ascii")


def wire_address(address: str) -> str:
    """The address with its domain in ASCII (RFC 5891), so that any server understands it.

    An address whose local part is not ASCII stays as it is: it needs SMTPUTF8
    (RFC 6531) either way.
    """
    local, at, domain = address.rpartition("@")
    if domain.isascii() or not local.isascii():
        return address
    try:
        return f"{local}{at}{idna.encode(domain, uts46=True).decode('ascii')}"
    except idna.IDNAError:
        return address


def _check(name: str, value: str) -> None:
    if not value.isprintable():
        raise ValueError(f"{name} has a character that does not belong in a header")


def _folded(name: str, tokens: list[str]) -> bytes:
    lines = [f"{name}:"]
    for token in tokens:
        if len(lines[-1]) + 1 + len(token) > _WIDTH and lines[-1] != f"{name}:":
            lines.append("")
        lines[-1] += f" {token}"
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def _beside(name: str, phrase: str, bracketed: str) -> bytes:
    last_line = f"{name}: {phrase}".rpartition("\n")[2]
    gap = " " if len(last_line) + 1 + len(bracketed) <= _WIDTH else "\r\n "
    return f"{name}: {phrase}{gap}{bracketed}\r\n".encode()


def _must_encode(text: str) -> bool:
    # "=?" is encoded as well: else a reader would decode words that only look encoded.
    return not text.isascii() or "=?" in text


def _too_odd_to_quote(shown: str) -> bool:
    return _must_encode(shown) or len(shown) > _LONGEST_QUOTED


def _quoted(shown: str) -> str:
    return '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _encoded(name: str, text: str) -> str:
    header = Header(text, "utf-8", maxlinelen=_WIDTH, header_name=name)
    return header.encode(linesep="\r\n")


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())
