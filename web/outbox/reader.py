"""Reads the outbox: the copies that no relay took, newest first."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

A_PAGE = 50
_NAME = re.compile(r"[0-9]+\.[A-Za-z0-9_.-]+")


@dataclass(frozen=True)
class Copy:
    """One copy in short."""

    name: str
    subject: str
    sender: str
    at: datetime


@dataclass(frozen=True)
class Picture:
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class WholeCopy:
    """One copy in full. headers: as they go over the wire."""

    subject: str
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    pictures: tuple[Picture, ...]


def page_of(path: Path, number: int) -> tuple[list[Copy], bool]:
    """One page of copies, and whether there are more. Pages count from 1."""
    names = sorted((p.name for p in (path / "new").glob("*")), reverse=True)
    start = (number - 1) * A_PAGE
    shown = [_short(path, name) for name in names[start : start + A_PAGE]]
    return shown, len(names) > start + A_PAGE


def read(path: Path, name: str) -> WholeCopy | None:
    mail = _open(path, name)
    if mail is None:
        return None
    text = mail.get_body(("plain",))
    html = mail.get_body(("html",))
    return WholeCopy(
        subject=str(mail["Subject"]),
        headers=tuple((key, str(value)) for key, value in mail.items()),
        text=str(text.get_content()) if text else "",
        html=str(html.get_content()) if html else "",
        pictures=tuple(
            Picture(part.get_filename() or "picture", part.get_content_type(), part.get_content())
            for part in mail.walk()
            if part.get_content_maintype() == "image"
        ),
    )


def _short(path: Path, name: str) -> Copy:
    mail = _open(path, name)
    at = datetime.fromtimestamp(int(name.partition(".")[0]) / 1e9, UTC)
    if mail is None:
        return Copy(name, "", "", at)
    return Copy(name, str(mail["Subject"]), str(mail["From"]), at)


def _open(path: Path, name: str) -> EmailMessage | None:
    if not _NAME.fullmatch(name):
        return None
    try:
        content = (path / "new" / name).read_bytes()
    except OSError:
        return None
    return message_from_bytes(content, policy=default)
