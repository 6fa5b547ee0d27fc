"""How much waits where, and how fast it goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from listserv.domain.delivery import DeliveryState
from listserv.services.kit import Kit
from listserv.store import backlog, held, notices, posts, sent_counts
from listserv.store import quarantine as quarantined
from listserv.store.backlog import Backlog
from listserv.store.transaction import Transaction

_SHOWN = (
    DeliveryState.PENDING,
    DeliveryState.DEFERRED,
    DeliveryState.FAILED,
    DeliveryState.PARKED,
    DeliveryState.SENT,
)
_WAITING = (DeliveryState.PENDING, DeliveryState.DEFERRED)


@dataclass(frozen=True)
class Copies:
    """by_state: copies by state, `sent` counting all that ever went out.

    oldest_seconds: the age of the first that is still to go out, 0 for none.
    """

    by_state: Mapping[str, int]
    sent_last_minute: int
    sent_last_hour: int
    oldest_seconds: int


@dataclass(frozen=True)
class Status:
    """inbound: accepted posts whose deliveries are not made yet; held: posts that wait for a
    moderator or their author; copies: of all lists; lists: by id, those that ever had any;
    notices: by state; quarantine: mail the operator should look at.
    """

    inbound: int
    held: int
    copies: Copies
    lists: dict[int, Copies]
    notices: dict[str, int]
    quarantine: int
    redis: str

    @property
    def deliveries(self) -> Mapping[str, int]:
        return self.copies.by_state

    def as_dict(self) -> dict[str, Any]:
        return {
            "inbound": self.inbound,
            "held": self.held,
            "deliveries": self.copies.by_state,
            **_pace(self.copies),
            "lists": {
                str(list_id): {**copies.by_state, **_pace(copies)}
                for list_id, copies in self.lists.items()
            },
            "notices": self.notices,
            "quarantine": self.quarantine,
            "redis": self.redis,
        }


def status(kit: Kit) -> Status:
    """Raises Unavailable when the database does not answer.

    However many copies went out, this looks only at those that did not.
    """
    redis = "ok" if kit.queue.waiting() is not None else "down"
    now = kit.clock.now()
    with kit.database.reading() as tx:
        lists = _by_list(tx, now)
        return Status(
            inbound=posts.count_not_fanned_out(tx),
            held=held.count(tx),
            copies=_together(list(lists.values())),
            lists=lists,
            notices=_shown(notices.count_by_state(tx)),
            quarantine=quarantined.count(tx),
            redis=redis,
        )


def _by_list(tx: Transaction, now: datetime) -> dict[int, Copies]:
    ever = sent_counts.totals(tx)
    minute = sent_counts.since(tx, now - timedelta(minutes=1))
    hour = sent_counts.since(tx, now - timedelta(hours=1))
    waiting: dict[int, list[Backlog]] = {list_id: [] for list_id in ever}
    for row in backlog.by_list(tx):
        waiting.setdefault(row.list_id, []).append(row)
    return {
        list_id: Copies(
            _shown({DeliveryState.SENT: ever.get(list_id, 0), **{r.state: r.copies for r in rows}}),
            minute.get(list_id, 0),
            hour.get(list_id, 0),
            max((_age(row, now) for row in rows if row.state in _WAITING), default=0),
        )
        for list_id, rows in sorted(waiting.items())
    }


def _age(row: Backlog, now: datetime) -> int:
    return int((now - row.oldest).total_seconds())


def _together(parts: Sequence[Copies]) -> Copies:
    return Copies(
        {str(state): sum(part.by_state[state] for part in parts) for state in _SHOWN},
        sum(part.sent_last_minute for part in parts),
        sum(part.sent_last_hour for part in parts),
        max((part.oldest_seconds for part in parts), default=0),
    )


def _pace(copies: Copies) -> dict[str, int]:
    return {
        "sent_last_minute": copies.sent_last_minute,
        "sent_last_hour": copies.sent_last_hour,
        "oldest_seconds": copies.oldest_seconds,
    }


def _shown(counts: Mapping[str, int]) -> dict[str, int]:
    return {str(state): counts.get(state, 0) for state in _SHOWN}
