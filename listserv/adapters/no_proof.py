"""What proves nothing of a mail: where a server in front of us has looked, or nobody takes mail."""

from listserv.domain.envelope import Envelope
from listserv.domain.proof import Proof


class NoSignatures:
    """Implements `listserv.domain.ports.Signatures`."""

    def proof(self, raw: bytes, domain: str) -> Proof:
        return Proof.NONE


class NoSenderPolicy:
    """Implements `listserv.domain.ports.Spf`."""

    def proof(self, envelope: Envelope, domain: str) -> Proof:
        return Proof.NONE
