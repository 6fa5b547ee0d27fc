"""Command words in a mail to `-request`: in the subject, or the first line of the text."""

from listserv.domain.routing import Command
from listserv.mail.inbound import InboundMessage

_WORDS = {
    "join": Command.JOIN,
    "subscribe": Command.JOIN,
    "leave": Command.LEAVE,
    "unsubscribe": Command.LEAVE,
    "signoff": Command.LEAVE,
    "help": Command.HELP,
    "info": Command.HELP,
}
_LOOK_AT = 2000  # bytes of text; a command stands at the top


def command_in(message: InboundMessage) -> Command | None:
    """The first command word found, in any case; None when there is none."""
    for line in (message.subject, *_first_lines(message)):
        word = line.strip(" \t.!*_<>\"'").lower()
        if word in _WORDS:
            return _WORDS[word]
    return None


def _first_lines(message: InboundMessage) -> list[str]:
    for part in message.parts:
        if part.content_type == "text/plain":
            text = part.content[:_LOOK_AT].decode("utf-8", "replace")
            return [line for line in text.splitlines() if line.strip()][:3]
    return []
