"""Opens every layer of a mail in which a mark could hide, so that it can be searched."""

import base64
import binascii
import quopri
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.utils import decode_rfc2231
from html import unescape
from io import BytesIO
from urllib.parse import unquote

from PIL import Image, UnidentifiedImageError

_DEEPEST = 4
_CHARSETS = ("utf-8", "latin-1", "utf-16-le", "utf-16-be", "utf-7")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{8,}={0,2}")
_LINES_OF_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{60,76}\r?\n)+[A-Za-z0-9+/]*={0,2}")
_PUNYCODE = re.compile(r"xn--[a-z0-9-]+", re.IGNORECASE)
_ESCAPES = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def layers(raw: bytes) -> Iterator[str]:
    """The bytes as text, and what every encoding in them says, to a few levels' depth."""
    waiting: list[tuple[bytes, int]] = [(raw, 0)]
    seen: set[bytes] = set()
    while waiting:
        content, depth = waiting.pop()
        if content in seen:
            continue
        seen.add(content)
        for text in _texts(content):
            yield text
            yield from _spellings(text)
        if depth < _DEEPEST:
            waiting.extend((inner, depth + 1) for inner in _inside(content))


def _texts(content: bytes) -> Iterator[str]:
    for charset in _CHARSETS:
        yield content.decode(charset, "ignore")


def _spellings(text: str) -> Iterator[str]:
    """The same text with entities, percent signs, escapes and compatible letters resolved."""
    yield unescape(text)
    yield unquote(unescape(text))
    yield unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    yield text.replace("\r", "").replace("\n", "")
    yield text[::-1]
    yield _ESCAPES.sub(lambda m: chr(int(m.group(1) or m.group(2), 16)), text)
    for name in _PUNYCODE.findall(text):
        with_it = name[4:].encode()
        try:
            yield with_it.decode("punycode")
        except (UnicodeError, ValueError):
            continue


def _inside(content: bytes) -> Iterator[bytes]:
    """What a decoder of each kind makes of the bytes."""
    yield from _of_mail(content)
    yield quopri.decodestring(content)
    for run in (*_BASE64.findall(content)[:2000], *_LINES_OF_BASE64.findall(content)):
        yield from _of_base64(run)
    yield from _of_zip(content)
    yield from _of_picture(content)
    try:
        yield zlib.decompressobj(wbits=47).decompress(content)
    except zlib.error:
        return


def _of_mail(content: bytes) -> Iterator[bytes]:
    message = message_from_bytes(content)
    if not message.keys() and not message.is_multipart():
        return
    for part in message.walk():
        yield from _of_header(part)
        if not part.is_multipart():
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset() or "utf-8"
            if isinstance(payload, bytes):
                yield payload
                yield payload.decode(_known(charset), "ignore").encode()


def _of_header(part: Message) -> Iterator[bytes]:
    for _, value in part.items():
        yield _words(str(value)).encode("utf-8", "ignore")
    for header in ("content-type", "content-disposition"):
        for name, value in part.get_params(header=header) or ():
            says = str(value)
            yield f"{name}={says} {decode_rfc2231(says)[2]}".encode("utf-8", "ignore")


def _words(value: str) -> str:
    try:
        pieces = decode_header(value)
        return "".join(
            piece.decode(_known(charset or "utf-8"), "ignore")
            if isinstance(piece, bytes)
            else piece
            for piece, charset in pieces
        )
    except (ValueError, binascii.Error, LookupError):
        return value


def _known(charset: str) -> str:
    try:
        "".encode(charset)
    except LookupError:
        return "latin-1"
    return charset


def _of_base64(run: bytes) -> Iterable[bytes]:
    packed = re.sub(rb"\s", b"", run).rstrip(b"=")
    for alphabet in (None, b"-_"):
        try:
            yield base64.b64decode(packed + b"=" * (-len(packed) % 4), altchars=alphabet)
        except (binascii.Error, ValueError):
            continue


def _of_zip(content: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            yield archive.comment
            for entry in archive.infolist():
                yield entry.filename.encode() + entry.comment + entry.extra
                yield archive.read(entry)
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, zlib.error):
        return


def _of_picture(content: bytes) -> Iterator[bytes]:
    try:
        with Image.open(BytesIO(content)) as picture:
            yield repr(sorted(picture.info.items(), key=str)).encode("utf-8", "ignore")
            exif = picture.getexif()
            yield repr([dict(exif), *(dict(exif.get_ifd(n)) for n in (34665, 34853))]).encode()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return
