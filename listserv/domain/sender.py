"""Who the gateway believes has posted, and how well that is proven."""

from dataclasses import dataclass

from listserv.domain.list_settings import SenderProof
from listserv.domain.proof import Proof
from listserv.domain.subscription import Subscription


@dataclass(frozen=True)
class Sender:
    """subscription: the one that belongs to the address in From, or None.

    proven: something trusted says that the mail comes from that address, or
    the list believes From as it stands.
    """

    subscription: Subscription | None
    proven: bool

    @property
    def member(self) -> Subscription | None:
        """The subscription, when it may post."""
        found = self.subscription
        return found if found and found.may_post else None


def authenticate(subscription: Subscription | None, proof: Proof, policy: SenderProof) -> Sender:
    """Names, handles and `Approved` fields that a sender sets count for nothing."""
    return Sender(subscription, proven=policy is SenderProof.OFF or proof is not Proof.NONE)
