"""Digests: how far a member has read in the order of a list, and when the next mail comes.

Each post gets the next number of its list when it goes out. A digest is a
window of those numbers, so which post is in which digest is arithmetic.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import Enum, auto

from listserv.domain.language import Language
from listserv.domain.sealed import SealedMember
from listserv.domain.subscription import DeliveryMode, DigestFormat, SubscriptionState

DIGEST_MODES = frozenset({DeliveryMode.DAILY, DeliveryMode.WEEKLY})
# A next digest further away than that was set by a clock that was wrong.
FURTHEST = timedelta(days=8)
FURTHEST_DAILY = timedelta(days=2)
# In which digests are made by the clock: time zones differ by quarters of an hour at least.
QUARTER = timedelta(minutes=15)
_MONDAY = 0


class Stream(Enum):
    """How posts come to a member now."""

    DIGEST = auto()
    NO_DIGEST = auto()  # each post as it comes, or none
    HALTED = auto()  # paused or suspended
    ENDED = auto()


@dataclass(frozen=True)
class Window:
    """The posts numbered above `after`, up to and with `upto`."""

    after: int
    upto: int


@dataclass(frozen=True)
class Reading:
    """How far a member has read. mark: the last number that some digest of theirs had.

    due: when the next digest comes, None while none is made. upto: where the
    posts end that are still owed to somebody who has halted, else None.
    """

    mark: int = 0
    upto: int | None = None
    due: datetime | None = None

    @property
    def idle(self) -> bool:
        """Nothing is owed, and nothing is to come."""
        return self.due is None and self.upto is None


@dataclass(frozen=True)
class Variant:
    """What readers of one build have in common."""

    format: DigestFormat
    language: Language


@dataclass(frozen=True)
class Digest:
    """One issue. volume: the year of the list, from 1; number: from 1 in each volume."""

    id: int
    list_id: int
    variant: Variant
    window: Window
    volume: int
    number: int


@dataclass(frozen=True)
class ClaimedDigest:
    """One copy of a digest that this worker may try. member is None when nobody is to get it."""

    id: int
    digest_id: int
    subscription_id: int
    attempts: int
    queued_at: datetime
    member: SealedMember | None = field(repr=False)

    @property
    def mail(self) -> int:
        """The same for all copies of one mail."""
        return self.digest_id


def stream_of(state: SubscriptionState, delivery: DeliveryMode) -> Stream:
    match state:
        case SubscriptionState.ACTIVE:
            return Stream.DIGEST if delivery in DIGEST_MODES else Stream.NO_DIGEST
        case SubscriptionState.PAUSED | SubscriptionState.SUSPENDED:
            return Stream.HALTED
    return Stream.ENDED


def turn(
    before: Reading, stream: Stream, newest: int, due: datetime
) -> tuple[Reading, Window | None]:
    """How the member reads on, and the window to send now as a last digest, if any.

    newest: the last number given on the list. due: when a digest comes next, should one come.
    What is owed when they halt waits until they are back; what comes meanwhile is nobody's.
    """
    match stream:
        case Stream.DIGEST if before.due is not None:
            return replace(before, due=due), None
        case Stream.DIGEST:
            return Reading(newest, None, due), _owed(before, newest)
        case Stream.NO_DIGEST:
            return Reading(newest), _owed(before, newest)
        case Stream.HALTED if before.due is not None:
            return Reading(before.mark, newest, None), None
        case Stream.HALTED:
            return before, None
        case Stream.ENDED:
            return Reading(newest), None


def _owed(before: Reading, newest: int) -> Window | None:
    upto = newest if before.due is not None else before.upto
    if upto is None or upto <= before.mark:
        return None
    return Window(before.mark, upto)


def next_due(delivery: DeliveryMode, hour: int, zone: tzinfo, now: datetime) -> datetime:
    """The next time, in UTC, that the member's clock shows that hour; weekly on a Monday.

    An hour that the clock leaves out is taken as the one after it; one that it
    shows twice counts the first time.
    """
    day = now.astimezone(zone).date()
    while True:
        at = datetime.combine(day, time(hour), zone).astimezone(UTC)
        if at > now and (delivery is not DeliveryMode.WEEKLY or day.weekday() == _MONDAY):
            return at
        day += timedelta(days=1)


def volume_of(created_at: datetime, now: datetime) -> int:
    """A new volume begins with each year."""
    return max(0, now.year - created_at.year) + 1


@dataclass(frozen=True)
class Numbering:
    """The issue that the newest post of a list is in, after which a digest is named.

    after: the last post before that issue. ends: when the next one may begin; None: at once.
    """

    volume: int = 1
    number: int = 0
    after: int = 0
    ends: datetime | None = None


def number_on(
    before: Numbering, volume: int, post: int, most_posts: int | None, now: datetime
) -> Numbering:
    """The issue that a post is in which goes out now. most_posts: as many as a digest waits for.

    A new one begins with each quarter of an hour that has a post. So the number
    depends on posts alone: one that counted digests would tell at which hours others read.
    """
    ends = before.ends
    in_time = ends is not None and ends - QUARTER <= now < ends
    full = most_posts is not None and post - before.after > most_posts
    if volume == before.volume and in_time and not full:
        return before
    begun = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    number = before.number + 1 if volume == before.volume else 1
    return Numbering(volume, number, post - 1, begun + QUARTER)


@dataclass(frozen=True)
class StoredFile:
    """What is known of an attachment without reading it. size: bytes."""

    id: int
    name: str
    content_type: str
    content_id: str
    size: int


@dataclass(frozen=True)
class DigestPost:
    """A post as a digest needs it. thread: the message_id of the first post of its thread."""

    id: int
    handle: str
    subject: str
    text: str = field(repr=False)
    html: str = field(repr=False)
    message_id: str
    references: tuple[str, ...]
    thread: str
    date: datetime
    files: tuple[StoredFile, ...] = ()
