"""Mail to a list's command addresses: what it asks for is found out, and done or asked about."""

from dataclasses import replace

from listserv.domain.decision import Accept, Decision, Discard, Reason, Reject
from listserv.domain.envelope import Envelope
from listserv.domain.errors import Refused
from listserv.domain.list_settings import SenderProof
from listserv.domain.proof import Proof
from listserv.domain.request import (
    Confirm,
    Help,
    Join,
    Leave,
    LeaveMeAlone,
    Request,
    Roster,
    Unclear,
    Which,
)
from listserv.domain.routing import Command, ToCommand
from listserv.mail.commands import (
    Found,
    Said,
    is_of_autoresponder,
    language_of_program,
    request_in,
    said_in,
)
from listserv.mail.commands.newcomer import words_of_newcomer
from listserv.mail.facts import facts_of
from listserv.mail.inbound import InboundMessage, Unreadable, parse
from listserv.services.answer import answer
from listserv.services.ask_change import ask_change
from listserv.services.ask_to_join import ask_to_join
from listserv.services.ask_which import ask_which
from listserv.services.kit import Answering, Kit
from listserv.services.leave_by_token import leave_by_token
from listserv.services.moderate_by_mail import moderate_by_mail
from listserv.services.prove_sender import prove_sender
from listserv.services.send_post_again import send_post_again
from listserv.services.take_answer import take_answer
from listserv.services.write_to_owners import write_to_owners
from listserv.store import mailing_lists

_AUTOMATIC = Discard(Reason("automatic", "Automatic mail is not answered."))
# What the plain addresses mean, whatever the mail says.
_BY_ADDRESS: dict[Command, Request] = {
    Command.JOIN: Join(),
    Command.LEAVE: Leave(),
    Command.HELP: Help(),
}


def receive_command(kit: Kit, route: ToCommand, envelope: Envelope, raw: bytes) -> Decision:
    """Raises Unavailable when it cannot be done now. Robots are never answered (RFC 3834)."""
    message = parse(raw)
    if isinstance(message, Unreadable):
        return Reject(Reason("unreadable", message.reason))
    if route.command is Command.LEAVE and route.token:
        # A mail program sends this by itself when its user presses "unsubscribe" (RFC 2369).
        leave_by_token(kit, route.token, route.list_id)
        return Accept()
    facts = facts_of(message)
    if facts.is_automatic or is_of_autoresponder(message) or not envelope.mail_from:
        return _AUTOMATIC
    if route.command is Command.HELD:
        return moderate_by_mail(kit, route.token, message, envelope, raw)
    if route.command is Command.GET:
        send_post_again(kit, route.list_id, message.from_address, route.token)
        return Accept()
    if route.command is Command.OWNER:
        return write_to_owners(kit, route, message, envelope, raw)
    answering = Answering(message.from_address, facts.id_to_answer)
    try:
        _act(replace(kit, answering=answering), route, message, envelope, raw)
    except Refused as refusal:
        return Reject(Reason("refused", str(refusal)))
    return Accept()


def _act(
    kit: Kit, route: ToCommand, message: InboundMessage, envelope: Envelope, raw: bytes
) -> None:
    found = request_in(message, kit.clock.now().date()) or Found(Help(), None)
    asker, list_id = message.from_address, route.list_id

    def proven() -> bool:
        return _proven(kit, list_id, message, envelope, raw)

    if route.command is Command.CONFIRM:
        said, words = said_in(message), _words(kit, list_id, message)
        take_answer(kit, list_id, asker, route.token, said, found.language, proven, words)
        return
    request = _BY_ADDRESS.get(route.command, found.request)
    newcomer = found.language or language_of_program(message)
    match request:
        case Join():
            ask_to_join(kit, list_id, asker, newcomer, proven())
        case Help():
            answer(kit, list_id, asker, "help", newcomer)
        case Roster():
            answer(kit, list_id, asker, "roster", newcomer)
        case Unclear(problem):
            answer(kit, list_id, asker, "unclear", found.language, problem)
        case Which():
            ask_which(kit, list_id, asker, proven(), found.language)
        case Confirm(token):
            take_answer(kit, list_id, asker, token, Said.YES, found.language, proven)
        case _:
            # Without a question to answer, "stop" means the mail of the group.
            wanted = Leave() if isinstance(request, LeaveMeAlone) else request
            ask_change(kit, list_id, asker, wanted, proven(), found.language, found.doubt)


def _words(kit: Kit, list_id: int, message: InboundMessage) -> str:
    """What a newcomer answers to the list's question, cleaned; "" where it asks none."""
    with kit.database.reading() as tx:
        mailing_list = mailing_lists.get(tx, list_id)
    return words_of_newcomer(kit.decoder, mailing_list, message)


def _proven(
    kit: Kit, list_id: int, message: InboundMessage, envelope: Envelope, raw: bytes
) -> bool:
    """Whether the mail comes from the address in From, or the list believes so."""
    if prove_sender(kit, message, envelope, raw) is not Proof.NONE:
        return True
    with kit.database.reading() as tx:
        return mailing_lists.get(tx, list_id).settings.sender_proof is SenderProof.OFF
