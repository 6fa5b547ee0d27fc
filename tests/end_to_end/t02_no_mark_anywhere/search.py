"""Finds a mark in bytes, in every shape that mail, pages and databases give to text."""

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Mapping
from urllib.parse import quote


def shapes(mark: str) -> set[bytes]:
    """The mark in lower case: plain, percent-encoded, quoted-printable, hex, UTF-16, base64."""
    found: set[bytes] = set()
    for text in (mark, mark.lower(), mark.upper()):
        raw = text.encode()
        wide = text.encode("utf-16-le")
        found |= {raw, wide, raw.hex().encode(), quote(text, safe="").encode()}
        found |= {b"".join(b"%%%02X" % byte for byte in raw)}
        found |= {b"".join(b"=%02X" % byte for byte in raw)}
        found |= {text.replace(" ", "_").encode(), text.replace(" ", "+").encode()}
        found |= _base64(raw) | _base64(wide)
    return {shape.lower() for shape in found}


def _base64(raw: bytes) -> set[bytes]:
    """The letters that do not depend on what stands before and after, for each of three ways to
    fall upon groups of three bytes."""
    found = set()
    for before in range(3):
        for encode in (b64encode, urlsafe_b64encode):
            letters = encode(b"\0" * before + raw)
            start = -(-before * 8 // 6)
            found.add(letters[start : (before + len(raw)) * 8 // 6])
    return found


def forms(data: bytes) -> list[bytes]:
    """The data as it is, and with the line breaks of base64 and quoted-printable undone."""
    lower = data.lower()
    return [
        lower,
        lower.replace(b"=\r\n", b"").replace(b"=\n", b""),
        lower.replace(b"\r", b"").replace(b"\n", b""),
    ]


def findings(places: Mapping[str, bytes], marks: Iterable[str]) -> list[str]:
    """ "PLACE: MARK" for each place where a mark stands."""
    wanted = {mark: shapes(mark) for mark in marks}
    return [
        f"{place}: {mark}"
        for place, data in places.items()
        for mark, looks in wanted.items()
        if any(look in form for form in forms(data) for look in looks)
    ]
