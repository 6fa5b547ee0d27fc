"""Sends what is due of one list, a slice of time at a time.

Rows are claimed in one transaction, none is open while the relay talks, and
outcomes are written every few copies: who kills a worker doubles at most those,
and one more on each connection. Posts and digests go the same way; a `Load`
says where they differ.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from listserv.domain.delivery import (
    SENT,
    DeliveryState,
    Next,
    NotTried,
    Outcome,
    RelayDown,
    Sent,
    after,
)
from listserv.domain.errors import Unavailable
from listserv.domain.jobs import Job
from listserv.domain.mailing_list import MailingList
from listserv.domain.ports import OutboundMessage
from listserv.services.address_copy import CopyWriter
from listserv.services.addressing import Addressing, Claimed, Ready, Writer
from listserv.services.count_bounce import count_refusals
from listserv.services.kit import Kit
from listserv.services.lease import Lease, kept
from listserv.services.own_parts import OwnPartsMaker
from listserv.services.pace import Pace
from listserv.store import dispatch, mailing_lists, sent_counts
from listserv.store.dispatch import Rows
from listserv.store.transaction import Transaction

RECORD_EVERY = 40
# Notices and new posts wait about this long for a worker that is at a big one: then it
# claims no more. What it has claimed it hands back only to a slow relay, since that costs
# as much as claiming it.
SLICE_SECONDS = 0.4
OVERTIME_SECONDS = 0.4
# With nothing else to do it goes on, but ends well before a worker that is told to stop has to:
# the relay may take its time for the last answers.
MOST_SECONDS = 1.2


class Load(Writer, Protocol):
    """What a slice sends: copies of one kind, of one list."""

    @property
    def rows(self) -> Rows:
        """The table of the copies."""

    @property
    def mailing_list(self) -> MailingList:
        """Whose copies they are."""

    @property
    def job(self) -> Job:
        """The bell for the rest."""

    @property
    def at_once(self) -> int:
        """The most copies to claim in one go."""

    def claim(self, tx: Transaction, lease: str, now: datetime, limit: int) -> Sequence[Any]:
        """Copies that are due, leased to the caller: ClaimedCopy or ClaimedDigest."""


def deliver(kit: Kit, list_id: int, longest: float = MOST_SECONDS) -> int:
    """Sends single posts for a slice of time, then rings for the rest so that others get a turn.

    longest: seconds that it goes on for while no job waits; SLICE_SECONDS where the caller
    itself has more to do. Returns how many copies were dealt with.
    """
    with kit.database.reading() as tx:
        mailing_list = mailing_lists.get(tx, list_id)
    return send_slice(kit, CopyWriter(kit, mailing_list), longest)


def send_slice(kit: Kit, load: Load, longest: float = MOST_SECONDS) -> int:
    """The same for any load."""
    with kept(kit, load.rows) as lease, kit.relay.session() as relay:
        part = _Slice(kit, lease, load, longest)
        while part.goes_on():
            for ready, outcome in relay.send(part.letters()):
                part.note(ready, outcome)
        part.end()
        return part.done


@dataclass
class _Slice:
    """The copies that are claimed, and what became of those that were sent."""

    kit: Kit
    lease: Lease
    load: Load
    longest: float
    done: int = 0
    _outcomes: dict[int, Next] = field(default_factory=dict)
    _refused: dict[int, str] = field(default_factory=dict)
    _more_to_claim: bool = True
    _relay_down: bool = False
    _full_claim: bool = False
    _asked_for_help: bool = False
    _problem: Unavailable | None = None

    def __post_init__(self) -> None:
        now = self.kit.clock.monotonic()
        self._ends, self._last_end = now + SLICE_SECONDS, now + self.longest
        self._pace = Pace(self.load.at_once)
        self._maker = OwnPartsMaker(self.kit, self.load.mailing_list)
        self._waiting = Addressing(self.kit.vault, self.load)

    def goes_on(self) -> bool:
        """Whether there is a copy to send, and we may.

        Not when the relay is down, the database is away, the lease may be
        somebody else's by now, or the time is over.
        """
        now = self.kit.clock.monotonic()
        if self._relay_down or self._problem or now >= self.lease.until:
            return False
        if self._waiting:
            return now < self._ends + OVERTIME_SECONDS or self._in_time(now)
        return self._more_to_claim and self._in_time(now) and self._claim(now)

    def letters(self) -> Iterator[tuple[Ready, OutboundMessage]]:
        """Copies, each asked for right before it is sent."""
        while self.goes_on():
            try:
                ready = self._waiting.next()
            except Unavailable as problem:  # kept for `end`, as in `_claim`
                self._problem = problem
                return
            copy, message = ready
            if isinstance(message, Next):
                self._outcomes[copy.id] = message
            else:
                yield ready, message

    def note(self, ready: Ready, outcome: Outcome | NotTried) -> None:
        copy, _ = ready
        if isinstance(outcome, Sent):
            self._outcomes[copy.id] = SENT
        elif isinstance(outcome, NotTried):
            self._waiting.put_back(ready)
        else:
            self._note_trouble(copy, outcome)
        if len(self._outcomes) >= RECORD_EVERY:
            self._record()

    def _note_trouble(self, copy: Claimed, outcome: Outcome) -> None:
        self._relay_down |= isinstance(outcome, RelayDown)
        following = after(outcome, copy.attempts, copy.queued_at, self.kit.clock.now())
        self._outcomes[copy.id] = following
        if following.state is DeliveryState.FAILED:
            self._refused[copy.subscription_id] = following.status

    def end(self) -> None:
        """Writes down the last outcomes, hands back what was not tried, and rings for it.

        Raises Unavailable when the database was away in between.
        """
        self._record()
        if self._waiting:
            with self.kit.database.transaction() as tx:
                dispatch.give_back(tx, self.load.rows, self.lease.name, self._waiting.ids())
        if self._problem:
            raise self._problem
        if (self._waiting or self._more_to_claim) and not self._relay_down:
            self.kit.queue.ring(self.load.job)

    def _in_time(self, now: float) -> bool:
        """Whether the slice is not over. It gets longer while no job waits for this worker."""
        if self._ends <= now < self._last_end and self._nobody_waits():
            self._ends = min(now + SLICE_SECONDS, self._last_end)
            self._ask_for_help()
        return now < self._ends

    def _nobody_waits(self) -> bool:
        """One bell may be our own for help, where nobody is idle to hear it."""
        waiting = self.kit.queue.waiting()
        return waiting is not None and waiting <= int(self._asked_for_help)

    def _claim(self, asked_at: float) -> bool:
        limit = self._pace.next_claim()
        try:
            with self.kit.database.transaction() as tx:
                now = self.kit.clock.now()
                copies = self.load.claim(tx, self.lease.name, now, limit)
        except Unavailable as problem:  # kept for `end`: what was sent is to be written down first
            self._problem = problem
            return False
        self.lease.claimed(asked_at)
        own_parts = self._maker.make([copy.subscription_id for copy in copies], now)
        self._waiting.add(zip(copies, own_parts, strict=True))
        self._more_to_claim = bool(copies)
        self._full_claim = len(copies) == limit
        return bool(copies)

    def _ask_for_help(self) -> None:
        """There is work for two."""
        if not self._asked_for_help:
            self._asked_for_help = True
            self.kit.queue.ring(self.load.job)

    def _record(self) -> None:
        """Tries for as long as the lease is held: copies whose outcome is lost are sent again."""
        while self._outcomes:
            try:
                with self.kit.database.recording() as tx:
                    sent = dispatch.record(tx, self.load.rows, self._outcomes, self.lease.name)
                    if sent:
                        now = self.kit.clock.now()
                        sent_counts.add(tx, self.load.mailing_list.id, sent, now)
            except Unavailable:
                if not self.lease.held():
                    raise
                self.kit.clock.pause(1)
            else:
                self.done += len(self._outcomes)
                self._pace.note(len(self._outcomes), self.kit.clock.monotonic())
                self._outcomes = {}
        if self._waiting and self._full_claim and self._pace.slow():
            self._ask_for_help()
        count_refusals(self.kit, self._refused)
        self._refused = {}
