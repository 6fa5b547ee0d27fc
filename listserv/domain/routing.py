"""What a recipient address means: a post, a command, a bounce, or the operator."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from listserv.domain.address import parse_address, split
from listserv.domain.errors import Refused


class Command(StrEnum):
    JOIN = "join"
    LEAVE = "leave"
    REQUEST = "request"
    HELP = "help"
    OWNER = "owner"
    CONFIRM = "confirm"
    HELD = "held"
    BOUNCES = "bounces"
    GET = "get"
    THREAD = "thread"


WORDS: dict[str, Command] = {
    "join": Command.JOIN,
    "subscribe": Command.JOIN,
    "leave": Command.LEAVE,
    "unsubscribe": Command.LEAVE,
    "request": Command.REQUEST,
    "help": Command.HELP,
    "owner": Command.OWNER,
    "confirm": Command.CONFIRM,
    "held": Command.HELD,
    "bounces": Command.BOUNCES,
    "get": Command.GET,
    "thread": Command.THREAD,
}
_NEEDS_TOKEN = {
    Command.CONFIRM,
    Command.HELD,
    Command.BOUNCES,
    Command.GET,
    Command.THREAD,
}
_TAKES_TOKEN = _NEEDS_TOKEN | {Command.LEAVE, Command.OWNER}
# After a plus only: a list may well be called al-anon.
ANON = "anon"
OPERATOR_NAMES = ("postmaster", "abuse")
# What servers call themselves, and a name kept free for answers to one person.
RESERVED_NAMES = ("mailer-daemon", "private")


class Shown(StrEnum):
    """Under which handle a post shows."""

    USUAL = "usual"
    ONE_TIME = "one-time"


@dataclass(frozen=True)
class ToList:
    """A post to the list. post: the token of the post that it answers, "" where none is named."""

    list_id: int
    shown: Shown = Shown.USUAL
    post: str = ""


@dataclass(frozen=True)
class ToCommand:
    """A command address of the list; token is "" where none was given."""

    list_id: int
    command: Command
    token: str = ""


@dataclass(frozen=True)
class ToOperator:
    """`postmaster@` or `abuse@` of a list's domain (RFC 5321 §4.5.1, RFC 2142).

    domain is "" for `postmaster` alone.
    """

    name: str
    domain: str = ""


@dataclass(frozen=True)
class Unknown:
    """Nobody here."""


Route = ToList | ToCommand | ToOperator | Unknown


def route(
    recipient: str, find_list: Callable[[str], int | None], serves: Callable[[str], bool]
) -> Route:
    """What `recipient` means.

    find_list gives the id of the list with that address, or None; serves says
    whether any list lives in a domain. `postmaster` without a domain is the
    operator too (RFC 5321 §4.5.1).
    """
    if recipient.lower() == "postmaster":
        return ToOperator("postmaster")
    try:
        address = parse_address(recipient)
    except Refused:
        return Unknown()
    list_id = find_list(address)
    if list_id is not None:
        return ToList(list_id)
    local, domain = split(address)
    if local in OPERATOR_NAMES and serves(domain):
        return ToOperator(local, domain)
    return _command(local, domain, find_list)


def _command(local: str, domain: str, find_list: Callable[[str], int | None]) -> Route:
    """Splits `group+anon`, `group-word`, `group+word` and `group-word+token`; else Unknown."""
    before, plus, after = local.rpartition("+")
    if after == ANON and (list_id := find_list(f"{before}@{domain}")) is not None:
        return ToList(list_id, Shown.ONE_TIME)
    if plus and (found := _word_at_end(before, domain, find_list)):
        list_id, command = found
        if command is Command.THREAD:
            return ToList(list_id, post=after)
        return ToCommand(list_id, command, after) if command in _TAKES_TOKEN else Unknown()
    if found := _word_at_end(local, domain, find_list):
        list_id, command = found
        return ToCommand(list_id, command) if command not in _NEEDS_TOKEN else Unknown()
    return Unknown()


def _word_at_end(
    local: str, domain: str, find_list: Callable[[str], int | None]
) -> tuple[int, Command] | None:
    for mark in "-+":
        name, found, word = local.rpartition(mark)
        command = WORDS.get(word)
        if found and command and (list_id := find_list(f"{name}@{domain}")) is not None:
            return list_id, command
    return None
