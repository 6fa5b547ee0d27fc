"""Reads the outbox: the copies that no relay took, newest first."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import takewhile
from pathlib import Path

A_PAGE = 50
# Of the Maildir: a copy goes to `cur` once a mail program has looked at it.
_FOLDERS = ("new", "cur")
_NAME = re.compile(r"([0-9]{1,20})\.[A-Za-z0-9_.,:=-]+")
# Each copy of a post or digest carries the way out of one subscription.
_WAY_OUT = re.compile(r"/unsubscribe/([a-z2-7]+)>")
_PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp")


@dataclass(frozen=True)
class Copy:
    """One copy in short. to: whom it names, where that is not the list itself.

    token: that of its way out, which tells whose it is; "" for what has none.
    """

    name: str
    subject: str
    sender: str
    to: str
    token: str
    at: datetime


@dataclass(frozen=True)
class Picture:
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class WholeCopy:
    """One copy in full. headers: as they go over the wire. html: its own pictures put in.

    to, token: as above.
    """

    subject: str
    to: str
    token: str
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    pictures: tuple[Picture, ...]


def page_of(path: Path, number: int) -> tuple[list[Copy], bool]:
    """One page of copies, and whether there are more. Pages count from 1."""
    names = sorted((name for name, _ in _copies(path)), key=_nanoseconds, reverse=True)
    start = (number - 1) * A_PAGE
    found = [_short(path, name) for name in names[start : start + A_PAGE]]
    return [copy for copy in found if copy], len(names) > start + A_PAGE


def read(path: Path, name: str) -> WholeCopy | None:
    """One copy; None for a name that is none, or a copy that is gone."""
    file = _find(path, name)
    content = _bytes(file) if file else None
    if content is None:
        return None
    mail: EmailMessage = message_from_bytes(content, policy=default)
    return WholeCopy(
        subject=str(mail["Subject"] or ""),
        to=_named(mail),
        token=_token(mail),
        headers=tuple((key, str(value)) for key, value in mail.items()),
        text=_text(mail, "plain"),
        html=_with_pictures(_text(mail, "html"), mail),
        pictures=tuple(_pictures(mail)),
    )


def _copies(path: Path) -> Iterator[tuple[str, Path]]:
    for folder in _FOLDERS:
        for file in (path / folder).glob("*"):
            if _NAME.fullmatch(file.name):
                yield file.name, file


def _find(path: Path, name: str) -> Path | None:
    if not _NAME.fullmatch(name):
        return None
    files = [path / folder / name for folder in _FOLDERS]
    return next((file for file in files if file.is_file()), None)


def _nanoseconds(name: str) -> int:
    return int(name.partition(".")[0])


def _short(path: Path, name: str) -> Copy | None:
    file = _find(path, name)
    if file is None:
        return None
    try:
        with file.open("rb") as lines:  # the header only: copies with pictures are long
            header = b"".join(takewhile(lambda line: line not in (b"\r\n", b"\n"), lines))
    except OSError:
        return None
    mail: EmailMessage = message_from_bytes(header, policy=default)
    at = datetime.fromtimestamp(_nanoseconds(name) / 1e9, UTC)
    sender, subject = str(mail["From"] or ""), str(mail["Subject"] or "")
    return Copy(name, subject, sender, _named(mail), _token(mail), at)


def _named(mail: EmailMessage) -> str:
    to = str(mail["To"] or "")
    return "" if to in str(mail["From"] or "") else to


def _token(mail: EmailMessage) -> str:
    found = _WAY_OUT.search(str(mail["List-Unsubscribe"] or ""))
    return found[1] if found else ""


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None


def _text(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    return str(part.get_content()) if part else ""


def _with_pictures(html: str, mail: EmailMessage) -> str:
    """The pictures of the mail itself stand in its HTML, which can fetch nothing (RFC 2392)."""
    for part in mail.walk():
        content, place = part.get_payload(decode=True), str(part["Content-ID"] or "").strip("<> ")
        if place and part.get_content_type() in _PICTURES and isinstance(content, bytes):
            data = f"data:{part.get_content_type()};base64,{b64encode(content).decode('ascii')}"
            html = html.replace(f'"cid:{place}"', f'"{data}"')
    return html


def _pictures(mail: EmailMessage) -> Iterator[Picture]:
    for part in mail.walk():
        if part.get_content_type() in _PICTURES:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield Picture(part.get_filename() or "", part.get_content_type(), content)
