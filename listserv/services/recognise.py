"""Whether a reply comes from the very member that a notice went to."""

from listserv.domain.envelope import Envelope
from listserv.domain.list_settings import SenderProof
from listserv.domain.mailing_list import MailingList
from listserv.domain.proof import Proof
from listserv.mail.inbound import InboundMessage
from listserv.services.kit import Kit
from listserv.services.prove_sender import prove_sender
from listserv.store import members


def is_from(  # which mail, by whom
    kit: Kit,
    mailing_list: MailingList,
    member_id: str,
    message: InboundMessage,
    envelope: Envelope,
    raw: bytes,
    about_own: bool = False,
) -> bool:
    """A notice that was forwarded lets nobody else decide by mail, nor does a forged From.

    about_own: the token in the notice is proof enough, as it is for any question to a member.
    """
    with kit.database.reading() as tx:
        writer = members.find(tx, kit.vault.lookups(message.from_address))
    if writer is None or writer.member_id != member_id:
        return False
    if about_own or mailing_list.settings.sender_proof is SenderProof.OFF:
        return True
    return prove_sender(kit, message, envelope, raw) is not Proof.NONE
