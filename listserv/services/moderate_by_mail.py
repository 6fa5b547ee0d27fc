"""A moderator or an author replies to a notice about a post that waits."""

from listserv.domain.decision import Accept, Decision
from listserv.domain.envelope import Envelope
from listserv.domain.held import Ruling
from listserv.domain.list_settings import SenderProof
from listserv.domain.proof import Proof
from listserv.mail.commands.ruling import FoundRuling, ruling_in
from listserv.mail.inbound import InboundMessage
from listserv.services.decide_by_token import HeldView, decide_by_token, peek_held
from listserv.services.decide_held import TooLate
from listserv.services.kit import Kit
from listserv.services.prove_sender import prove_sender
from listserv.services.tell import Reader, tell
from listserv.store import members


def moderate_by_mail(
    kit: Kit, token: str, message: InboundMessage, envelope: Envelope, raw: bytes
) -> Decision:
    """Always taken, whatever becomes of it: the reply tells nobody whether a token is good.

    Needs the token and the very person it was sent to: a notice that was
    forwarded lets nobody else decide.
    """
    view = peek_held(kit, token)
    if view is None or not _is_reader(kit, view, message, envelope, raw):
        return Accept()
    said = ruling_in(message)
    if said is None or (view.may and said.ruling not in view.may):
        notice = "withdraw_unclear" if view.may == (Ruling.WITHDRAW,) else "held_unclear"
        _tell(kit, view, message.from_address, notice, token)
        return Accept()
    _decide(kit, view, said, message.from_address, token)
    return Accept()


def _decide(kit: Kit, view: HeldView, said: FoundRuling, address: str, token: str) -> None:
    done = decide_by_token(kit, token, said.ruling, said.reason)
    if done is None:
        return
    notice = "held_too_late" if isinstance(done, TooLate) else "held_done"
    who = done.ruled.moderator
    _tell(kit, view, address, notice, "", ruling=str(done.ruled.ruling), who=who)


def _is_reader(
    kit: Kit, view: HeldView, message: InboundMessage, envelope: Envelope, raw: bytes
) -> bool:
    with kit.database.reading() as tx:
        writer = members.find(tx, kit.vault.lookups(message.from_address))
    if writer is None or writer.member_id != view.reader.member_id:
        return False
    if view.mailing_list.settings.sender_proof is SenderProof.OFF:
        return True
    return prove_sender(kit, message, envelope, raw) is not Proof.NONE


def _tell(kit: Kit, view: HeldView, address: str, notice: str, token: str, **values: str) -> None:
    answers = view.mailing_list.sub_address("held", token) if token else ""
    reader = Reader(view.mailing_list, address, view.language)
    with kit.database.transaction() as tx:
        tell(kit, tx, notice, reader, answers=answers, **values)
