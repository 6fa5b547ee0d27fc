"""What a mail to a command address asks for: in its subject, or in the first lines of its text."""

from dataclasses import replace
from datetime import date

from listserv.domain.language import Language
from listserv.domain.request import SetHandle, Unclear
from listserv.mail import problems
from listserv.mail.commands.answer import Said, said_in
from listserv.mail.commands.lines import (
    is_of_autoresponder,
    is_reply,
    own_lines,
    quoted_lines,
    subject_of,
)
from listserv.mail.commands.read import Found, read
from listserv.mail.inbound import InboundMessage

__all__ = [
    "Found",
    "Said",
    "is_of_autoresponder",
    "language_of_program",
    "request_in",
    "said_in",
]

_LOOK_AT = 8  # lines; a command stands at the top
_SHORTEST_NAME = 3


def request_in(message: InboundMessage, today: date) -> Found | None:
    """The first request that is clear, else the first half-understood one; None when there is none.

    today: the sender's day, to which "14 days" and "tomorrow" count.
    """
    unclear: Found | None = None
    for text in _candidates(message):
        found = read(text, today)
        if found and not isinstance(found.request, Unclear):
            return _safe(found, message)
        unclear = unclear or found
    return unclear


def language_of_program(message: InboundMessage) -> Language | None:
    """The language that the sender's mail program is set to, where it tells (RFC 3282)."""
    named = f"{message.first('content-language')},{message.first('accept-language')}"
    tags = [tag.strip()[:2].lower() for tag in named.split(",")]
    return next((Language(tag) for tag in tags if tag in tuple(Language)), None)


def _candidates(message: InboundMessage) -> list[str]:
    """What may be a command, best first.

    The subject of a reply is ours, so the text goes first there. What a reply
    quotes is ours as well, and never a command.
    """
    subject, own = subject_of(message), own_lines(message)[:_LOOK_AT]
    if is_reply(message):
        return [*own, subject]
    together = [f"{subject} {own[0]}"] if own else []
    quoted = [] if own else quoted_lines(message)[:_LOOK_AT]
    return [*_with_its_day(subject, together), subject, *own, *quoted]


def _with_its_day(subject: str, together: list[str]) -> list[str]:
    """ "Pause" above "14 days" is one command."""
    return together if subject.lower() in ("pause", "pausa") else []


def _safe(found: Found, message: InboundMessage) -> Found:
    """Nobody shows their own name by mistake, such as with "Name: Ann" at the top of a mail;
    who wants to is asked first."""
    if isinstance(found.request, SetHandle):
        wanted = set(found.request.handle.casefold().split())
        account = message.from_address.partition("@")[0].casefold()
        known = {account, *" ".join(message.known_names).casefold().split()}
        if any(len(word) >= _SHORTEST_NAME and word in known for word in wanted):
            return replace(found, doubt=problems.OWN_NAME)
    return found
