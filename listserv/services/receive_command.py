"""Mail to a list's command addresses: join, leave, confirm, help, and a word to the owners."""

from listserv.domain.author import Author
from listserv.domain.decision import Accept, Decision, Discard, Reason, Reject
from listserv.domain.envelope import Envelope
from listserv.domain.errors import Refused
from listserv.domain.request import Leave
from listserv.domain.routing import Command, ToCommand
from listserv.mail.commands import command_in
from listserv.mail.facts import facts_of
from listserv.mail.inbound import InboundMessage, Unreadable, parse
from listserv.services.answer import answer
from listserv.services.ask_change import ask_change
from listserv.services.ask_to_join import ask_to_join
from listserv.services.confirm import confirm
from listserv.services.kit import Kit
from listserv.services.leave_by_token import leave_by_token
from listserv.services.write_to_owners import write_to_owners

_AUTOMATIC = Discard(Reason("automatic", "Automatic mail is not answered."))


def receive_command(kit: Kit, route: ToCommand, envelope: Envelope, raw: bytes) -> Decision:
    """Raises Unavailable when it cannot be done now. Robots are never answered (RFC 3834)."""
    message = parse(raw)
    if isinstance(message, Unreadable):
        return Reject(Reason("unreadable", message.reason))
    if route.command is Command.LEAVE and route.token:
        # A mail program sends this by itself when its user presses "unsubscribe" (RFC 2369).
        leave_by_token(kit, route.token, route.list_id)
        return Accept()
    if facts_of(message).is_automatic or not envelope.mail_from:
        return _AUTOMATIC
    try:
        return _act(kit, route, message, envelope)
    except Refused as refusal:
        return Reject(Reason("refused", str(refusal)))


def _act(kit: Kit, route: ToCommand, message: InboundMessage, envelope: Envelope) -> Decision:
    asker, list_id = message.from_address, route.list_id
    match route.command:
        case Command.JOIN:
            ask_to_join(kit, list_id, asker)
        case Command.LEAVE:
            ask_change(kit, list_id, asker, Leave(), proven=False)
        case Command.CONFIRM:
            confirm(kit, route.token)
        case Command.OWNER:
            author = Author("", frozenset({envelope.mail_from}))
            return write_to_owners(kit, list_id, message, author, envelope.trusted)
        case Command.REQUEST if (found := command_in(message)) is not None:
            return _act(kit, ToCommand(list_id, found), message, envelope)
        case _:
            answer(kit, list_id, asker, "help")
    return Accept()
