"""How much waits where."""

from dataclasses import dataclass
from typing import Any

from listserv.domain.delivery import DeliveryState
from listserv.services.kit import Kit
from listserv.store import deliveries, notices, posts
from listserv.store import quarantine as quarantined

_SHOWN = (
    DeliveryState.PENDING,
    DeliveryState.DEFERRED,
    DeliveryState.FAILED,
    DeliveryState.PARKED,
    DeliveryState.SENT,
)


@dataclass(frozen=True)
class Status:
    """inbound: accepted posts whose deliveries are not made yet; held: posts that wait for a
    moderator; deliveries, notices: rows by state; quarantine: mail the operator should look at.
    """

    inbound: int
    held: int
    deliveries: dict[str, int]
    notices: dict[str, int]
    quarantine: int
    redis: str

    def as_dict(self) -> dict[str, Any]:
        return {
            "inbound": self.inbound,
            "held": self.held,
            "deliveries": self.deliveries,
            "notices": self.notices,
            "quarantine": self.quarantine,
            "redis": self.redis,
        }


def status(kit: Kit) -> Status:
    """Raises Unavailable when the database does not answer."""
    redis = "ok" if kit.queue.waiting() is not None else "down"
    with kit.database.reading() as tx:
        return Status(
            inbound=posts.count_not_fanned_out(tx),
            held=posts.count_held(tx),
            deliveries=_shown(deliveries.count_by_state(tx)),
            notices=_shown(notices.count_by_state(tx)),
            quarantine=quarantined.count(tx),
            redis=redis,
        )


def _shown(counts: dict[str, int]) -> dict[str, int]:
    return {str(state): counts.get(state, 0) for state in _SHOWN}
