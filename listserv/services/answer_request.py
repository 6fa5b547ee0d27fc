"""A moderator replies to a notice about somebody who would like to join."""

from listserv.domain.envelope import Envelope
from listserv.domain.held import Ruling
from listserv.mail.commands.reason import Speaker, clean_reason
from listserv.mail.commands.ruling import ruling_in
from listserv.mail.inbound import InboundMessage
from listserv.services.decide_request import decide_by_request_token, peek_request
from listserv.services.kit import Kit
from listserv.services.recognise import is_from
from listserv.services.tell import tell

_LETS_IN = {Ruling.APPROVE: True, Ruling.TRUST: True, Ruling.REJECT: False, Ruling.DISCARD: False}


def answer_request(
    kit: Kit, token: str, message: InboundMessage, envelope: Envelope, raw: bytes
) -> None:
    """Nothing happens for a token that is no good, or from anybody but its reader."""
    view = peek_request(kit, token)
    if view is None:
        return
    sender = view.moderator.member_id or ""
    if not is_from(kit, view.mailing_list, sender, message, envelope, raw):
        return
    said = ruling_in(message)
    let_in = _LETS_IN.get(said.ruling) if said else None
    if said is None or let_in is None:
        answers = view.mailing_list.sub_address("held", token)
        with kit.database.transaction() as tx:
            tell(kit, tx, "request_unclear", view.reader, answers=answers)
        return
    speaker = Speaker(view.mailing_list, view.moderator.handle, envelope.mail_from, message)
    done = decide_by_request_token(
        kit, token, let_in, clean_reason(kit.decoder, speaker, said.words)
    )
    if done is None:
        return
    with kit.database.transaction() as tx:
        values = {"let_in": "yes" if done.let_in else "", "late": "yes" if done.late else ""}
        handle = view.newcomer.handle
        tell(kit, tx, "request_done", view.reader, handle=handle, who=done.who, **values)
