"""What stands behind MAIL and RCPT (RFC 5321 §4.1.2). Every pattern is linear in its input."""

import re
from dataclasses import dataclass, field

from smtp_gateway import replies

# RFC 5321 §4.5.3.1: 64 octets, the @, 255 octets.
_LONGEST_PATH = 320
_ROUTE = re.compile(r"@[^<>:\s]+:")  # "must be accepted, should be ignored" (RFC 5321 appendix C)
_MAILBOX = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^\s"<>])*')
_NEEDLESSLY_QUOTED = re.compile(r'"([^\s"(),:;<>@\[\]\\]+)"(@.+)')
_PARAMETER = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]*)(?:=([^\s=]+))?")
_BODIES = ("7BIT", "8BITMIME")


@dataclass(frozen=True)
class Malformed:
    """The command cannot be followed; `reply` says why."""

    reply: str


@dataclass(frozen=True)
class Path:
    """An address, "" for the null sender, and the parameters behind it, keys in capitals."""

    address: str = field(repr=False)
    parameters: dict[str, str | None] = field(default_factory=dict, repr=False)


def read_sender(argument: str, size_limit: int) -> str | Malformed:
    """The address of `FROM:<…> …`, or what to answer instead."""
    path = _read("FROM:", argument, replies.BAD_SENDER)
    if isinstance(path, Malformed):
        return path
    return _sender_refusal(path, size_limit) or path.address


def read_recipient(argument: str) -> str | Malformed:
    """The address of `TO:<…>`, or what to answer instead. No parameter is known."""
    path = _read("TO:", argument, replies.BAD_RECIPIENT)
    if isinstance(path, Malformed):
        return path
    if not path.address:
        return Malformed(replies.BAD_RECIPIENT)
    if path.parameters:
        return Malformed(replies.UNKNOWN_PARAMETER)
    # RFC 5321 §4.1.2: quotes that nothing needs make no other address.
    return _NEEDLESSLY_QUOTED.sub(r"\1\2", path.address)


def _sender_refusal(path: Path, size_limit: int) -> Malformed | None:
    given = dict(path.parameters)
    utf8 = "SMTPUTF8" in given
    size, body = given.pop("SIZE", "0"), given.pop("BODY", _BODIES[0])
    if given.pop("SMTPUTF8", None) is not None or not body or body.upper() not in _BODIES:
        return Malformed(replies.BAD_PARAMETER)
    if not size or not size.isascii() or not size.isdigit() or len(size) > 20:
        return Malformed(replies.BAD_PARAMETER)
    if given:
        return Malformed(replies.UNKNOWN_PARAMETER)
    if int(size) > size_limit:
        return Malformed(replies.TOO_LARGE)
    if not path.address.isascii() and not utf8:
        return Malformed(replies.UTF8_NOT_ASKED)
    return None


def _read(keyword: str, argument: str, refusal: str) -> Path | Malformed:
    if argument[: len(keyword)].upper() != keyword:
        return Malformed(replies.SYNTAX)
    found = _mailbox(argument[len(keyword) :].lstrip(" "))
    if found is None or len(found[0].encode()) > _LONGEST_PATH:
        return Malformed(refusal)
    address, rest = found
    if rest and not rest.startswith(" "):
        return Malformed(refusal)
    parameters = _parameters(rest)
    return Malformed(replies.BAD_PARAMETER) if parameters is None else Path(address, parameters)


def _mailbox(text: str) -> tuple[str, str] | None:
    """The address and what follows it. Some programs leave the brackets out."""
    if not text.startswith("<"):
        end = _end_of_mailbox(text, 0)
        return (text[:end], text[end:]) if end else None
    route = _ROUTE.match(text, 1)
    start = route.end() if route else 1
    end = _end_of_mailbox(text, start)
    return (text[start:end], text[end + 1 :]) if text[end : end + 1] == ">" else None


def _end_of_mailbox(text: str, start: int) -> int:
    found = _MAILBOX.match(text, start)
    return found.end() if found else start


def _parameters(text: str) -> dict[str, str | None] | None:
    """By name in capitals; None when one is malformed or given twice."""
    found: dict[str, str | None] = {}
    for word in text.split(" "):
        match = _PARAMETER.fullmatch(word)
        if word and (match is None or match[1].upper() in found):
            return None
        if match:
            found[match[1].upper()] = match[2]
    return found
