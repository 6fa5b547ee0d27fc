"""Pictures that stand in the HTML itself, as some programs put them: `src="data:image/…"`."""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from dataclasses import replace

from listserv.mail.parts import Part

_MARK = "data:image/"
# RFC 2397. Shorter ones are dots that keep a distance, or tell a server that they were seen.
_PICTURE = re.compile(
    r"data:image/(png|jpe?g|gif|webp|bmp);base64,((?:[A-Za-z0-9+/=]|%2B|%2F|%3D|\s){200,})",
    re.IGNORECASE,
)
_MOST = 20


def with_inline_pictures(parts: tuple[Part, ...]) -> Iterator[Part]:
    """The parts, with such a picture as a part of its own behind the one that it stood in."""
    for part in parts:
        if part.content_type == "text/html" and _MARK in (part.text or ""):
            yield from _apart(part)
        else:
            yield part


def _apart(html: Part) -> Iterator[Part]:
    found: list[Part] = []
    text = _PICTURE.sub(lambda match: _moved(match, html, found), html.text or "")
    yield replace(html, text=text)
    yield from found


def _moved(match: re.Match[str], html: Part, found: list[Part]) -> str:
    if len(found) >= _MOST:
        return ""
    packed = match.group(2)
    for escaped, char in (("%2B", "+"), ("%2F", "/"), ("%3D", "=")):
        packed = packed.replace(escaped, char)
    try:
        content = b64decode(packed)
    except Error:
        return ""
    cid = f"inline-{len(found)}-of-{'-'.join(map(str, html.place))}"
    kind = f"image/{match.group(1).lower()}"
    found.append(Part(kind, "", content, "", cid, "inline", html.path, place=html.place))
    return f"cid:{cid}"
