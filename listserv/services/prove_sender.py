"""Whether a mail comes from the address in its From: as we are told, as it is signed, or by whom
it was brought."""

from listserv.domain.envelope import Envelope
from listserv.domain.proof import Proof
from listserv.mail.inbound import InboundMessage
from listserv.mail.verdict import proof_of
from listserv.services.kit import Kit


def prove_sender(kit: Kit, message: InboundMessage, envelope: Envelope, raw: bytes) -> Proof:
    """What the trusted server says counts first; else the mail's own signature is looked at, and
    then the client, where it came to us as to an MX.

    Nothing depends on whether the address is a member's. Never raises.
    """
    told = proof_of(message, envelope.trusted, kit.authserv_id)
    if told is not Proof.NONE:
        return told
    domain = message.from_address.rpartition("@")[2]
    signed = kit.signatures.proof(raw, domain)
    return signed if signed is not Proof.NONE else kit.spf.proof(envelope, domain)
