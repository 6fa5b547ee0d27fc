"""A moderator or an author replies to a notice about what waits."""

from dataclasses import replace

from listserv.domain.clean_reason import CleanReason
from listserv.domain.decision import Accept, Decision
from listserv.domain.envelope import Envelope
from listserv.domain.held import Ruling
from listserv.mail.commands.reason import Speaker, clean_reason
from listserv.mail.commands.ruling import FoundRuling, ruling_in
from listserv.mail.inbound import InboundMessage
from listserv.services.answer_request import answer_request
from listserv.services.decide_by_token import HeldView, decide_by_token, peek_held
from listserv.services.decide_held import TooLate
from listserv.services.kit import Kit
from listserv.services.recognise import is_from
from listserv.services.tell import Reader, tell


def moderate_by_mail(
    kit: Kit, token: str, message: InboundMessage, envelope: Envelope, raw: bytes
) -> Decision:
    """Always taken, whatever becomes of it: the reply tells nobody whether a token is good.

    Needs the token and the very person it was sent to.
    """
    view = peek_held(kit, token)
    if view is None:
        answer_request(kit, token, message, envelope, raw)
        return Accept()
    reader = view.reader.member_id or ""
    if not is_from(kit, view.mailing_list, reader, message, envelope, raw, view.own):
        return Accept()
    if view.waiting is None and view.ruled is None:  # it went with its author, say
        _tell(kit, view, message.from_address, "held_too_late", "", ruling="", who="")
        return Accept()
    said = _meant(ruling_in(message), view)
    if said is None or (view.may and said.ruling not in view.may):
        notice = _UNCLEAR.get(view.may, "held_unclear")
        _tell(kit, view, message.from_address, notice, token)
        return Accept()
    speaker = Speaker(view.mailing_list, view.reader.handle, envelope.mail_from, message)
    reason = clean_reason(kit.decoder, speaker, said.words)
    _decide(kit, view, said.ruling, reason, message.from_address, token)
    return Accept()


_UNCLEAR = {
    (Ruling.WITHDRAW,): "withdraw_unclear",
    (Ruling.SEND, Ruling.WITHDRAW): "private_unclear",
}


def _meant(said: FoundRuling | None, view: HeldView) -> FoundRuling | None:
    """An author who is asked about their own post says yes or no to it."""
    if said is None or Ruling.SEND not in view.may:
        return said
    meant = {Ruling.APPROVE: Ruling.SEND, Ruling.REJECT: Ruling.WITHDRAW}
    drops = said.ruling is Ruling.DISCARD
    return replace(said, ruling=Ruling.WITHDRAW if drops else meant.get(said.ruling, said.ruling))


def _decide(  # what, why, and whom to tell
    kit: Kit, view: HeldView, ruling: Ruling, reason: CleanReason, address: str, token: str
) -> None:
    done = decide_by_token(kit, token, ruling, reason)
    if done is None:
        return
    notice = "held_too_late" if isinstance(done, TooLate) else "held_done"
    who = done.ruled.moderator
    _tell(kit, view, address, notice, "", ruling=str(done.ruled.ruling), who=who)


def _tell(kit: Kit, view: HeldView, address: str, notice: str, token: str, **values: str) -> None:
    answers = view.mailing_list.sub_address("held", token) if token else ""
    reader = Reader(view.mailing_list, address, view.language)
    with kit.database.transaction() as tx:
        tell(kit, tx, notice, reader, answers=answers, **values)
