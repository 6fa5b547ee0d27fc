"""The life of one copy: its states, and when it is tried again."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from listserv.domain.sealed import SealedMember

GIVE_UP_AFTER = timedelta(days=5)  # RFC 5321 §4.5.4.1: at least 4 to 5 days
RELAY_DOWN_PAUSE = timedelta(seconds=30)
LEASE = timedelta(seconds=60)
MOST_STRIKES = 10

_WAITS = (1, 5, 10, 20, 40, 60, 120, 240)  # minutes; the first suits greylisting


class DeliveryState(StrEnum):
    PENDING = "pending"
    DEFERRED = "deferred"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"  # the member left, or the post was erased, before it was sent
    PARKED = "parked"  # was tried over and over without any outcome; waits for the operator


@dataclass(frozen=True)
class Sent:
    """The relay took responsibility (2xx after the final dot)."""


@dataclass(frozen=True)
class Deferred:
    """The relay said "later" of this one copy (4xx). status: its three digits."""

    status: str


@dataclass(frozen=True)
class Failed:
    """The relay refused this one copy for good (5xx). status: its three digits."""

    status: str


@dataclass(frozen=True)
class RelayDown:
    """Nobody took the copy or refused it: no connection, or it broke. Not the copy's fault."""


@dataclass(frozen=True)
class NotTried:
    """The connection ended before the relay heard of the copy: it can go again at once."""


Outcome = Sent | Deferred | Failed | RelayDown


@dataclass(frozen=True)
class Next:
    """Where an outcome leads. counted: whether the try was one of the copy's own."""

    state: DeliveryState
    attempt_at: datetime | None
    status: str = ""
    counted: bool = True


@dataclass(slots=True)  # not frozen: that takes three times as long, for each copy
class ClaimedCopy:
    """One copy that this worker may try. member is None when nobody should get it any more."""

    id: int
    post_id: int
    subscription_id: int
    attempts: int
    queued_at: datetime
    to_author: bool
    member: SealedMember | None = field(repr=False)

    @property
    def mail(self) -> tuple[int, bool]:
        """The same for all copies of one mail: the author's own has a line more."""
        return self.post_id, self.to_author


@dataclass(frozen=True)
class ClaimedNotice:
    """One notice that this worker may try, still sealed."""

    id: str
    kind: str
    attempts: int
    queued_at: datetime
    sealed_recipient: bytes = field(repr=False)
    sealed_content: bytes = field(repr=False)


SENT = Next(DeliveryState.SENT, None)


def after(outcome: Outcome, attempts: int, queued_at: datetime, now: datetime) -> Next:
    """The state that follows. attempts: tries so far, this one included."""
    match outcome:
        case Sent():
            return SENT
        case Failed(status):
            return Next(DeliveryState.FAILED, None, status)
        case RelayDown():
            return Next(DeliveryState.PENDING, now + RELAY_DOWN_PAUSE, counted=False)
        case Deferred(status):
            if now - queued_at >= GIVE_UP_AFTER:
                return Next(DeliveryState.FAILED, None, status)
            return Next(DeliveryState.DEFERRED, now + backoff(attempts), status)


def backoff(attempts: int) -> timedelta:
    """How long to wait after that many tries."""
    return timedelta(minutes=_WAITS[min(max(attempts, 1), len(_WAITS)) - 1])
