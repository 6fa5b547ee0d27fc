"""Encoded words in header fields (RFC 2047), read in linear time."""

import binascii
import quopri
from dataclasses import dataclass

from listserv.mail.charsets import decode

# RFC 2047 §2 allows 75 characters; some programs write whole subjects as one word.
_LONGEST = 4000


@dataclass(frozen=True)
class _Word:
    charset: str
    content: bytes


def decode_words(value: str) -> str | None:
    """The value with its encoded words decoded.

    None when a word names an unknown character set or cannot be decoded: no guessing.
    """
    pieces = _split(value)
    text: list[str] = []
    for piece in _joined(pieces):
        if isinstance(piece, str):
            text.append(piece)
            continue
        decoded = decode(piece.content, piece.charset)
        if decoded is None:
            return None
        text.append(decoded)
    return "".join(text)


def _split(value: str) -> list[str | _Word]:
    pieces: list[str | _Word] = []
    start = 0
    while (opening := value.find("=?", start)) >= 0:
        found = _word_at(value, opening)
        if found is None:
            pieces.append(value[start : opening + 2])
            start = opening + 2
            continue
        word, end = found
        pieces.append(value[start:opening])
        pieces.append(word)
        start = end
    pieces.append(value[start:])
    return pieces


def _word_at(value: str, opening: int) -> tuple[_Word, int] | None:
    charset_end = value.find("?", opening + 2, opening + 82)
    if charset_end < 0 or value[charset_end + 2 : charset_end + 3] != "?":
        return None
    end = value.find("?=", charset_end + 3, charset_end + 3 + _LONGEST)
    if end < 0:
        return None
    # RFC 2231 §5: a language may follow the character set after an asterisk.
    charset = value[opening + 2 : charset_end].partition("*")[0]
    encoded = value[charset_end + 3 : end].encode("utf-8", "replace")
    content = _bytes_of(value[charset_end + 1].lower(), encoded)
    if content is None or not charset:
        return None
    return _Word(charset, content), end + 2


def _bytes_of(encoding: str, encoded: bytes) -> bytes | None:
    if encoding == "q":
        return quopri.decodestring(encoded, header=True)
    if encoding != "b":
        return None
    try:
        return binascii.a2b_base64(encoded + b"=" * (-len(encoded) % 4))
    except binascii.Error:
        return None


def _joined(pieces: list[str | _Word]) -> list[str | _Word]:
    """White space between two words is not shown (§6.2); a letter may be cut across them."""
    joined: list[str | _Word] = []
    for piece in pieces:
        if isinstance(piece, _Word):
            if len(joined) > 1 and isinstance(joined[-1], str) and not joined[-1].strip():
                joined = _drop_gap(joined)
            last = joined[-1] if joined else ""
            if isinstance(last, _Word) and last.charset.lower() == piece.charset.lower():
                joined[-1] = _Word(last.charset, last.content + piece.content)
                continue
        joined.append(piece)
    return joined


def _drop_gap(joined: list[str | _Word]) -> list[str | _Word]:
    if isinstance(joined[-2], _Word):
        joined.pop()
    return joined
