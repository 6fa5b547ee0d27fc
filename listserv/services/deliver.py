"""Sends what is due of one list, a slice of a second or two at a time.

Rows are claimed in one transaction, none is open while the relay talks, and
outcomes are written every few copies: who kills a worker doubles at most those.
"""

from dataclasses import dataclass
from datetime import datetime

from listserv.domain import jobs
from listserv.domain.delivery import (
    ClaimedCopy,
    DeliveryState,
    Next,
    RelayDown,
    after,
)
from listserv.domain.errors import Locked, NotFound, Unavailable
from listserv.domain.mailing_list import MailingList
from listserv.domain.ports import OutboundMessage, RelaySession
from listserv.mail.anonymise.summary import sentence
from listserv.mail.compose import PostTemplate, compose_post
from listserv.services.kit import Kit
from listserv.services.lease import Lease, kept
from listserv.store import deliveries, dispatch, mailing_lists, posts
from listserv.store.tables import DeliveryRow

CLAIM = 100
RECORD_EVERY = 25
SLICE_SECONDS = 2.0

NOTHING_TAKEN_OUT = "Nothing was taken out of your message. Others see what you see here."

_DROPPED = Next(DeliveryState.DROPPED, None)
_PARKED_LOCKED = Next(DeliveryState.PARKED, None, "locked")
_PARKED_BROKEN = Next(DeliveryState.PARKED, None, "broken")


def deliver(kit: Kit, list_id: int) -> int:
    """Sends for a slice of time, then rings for the rest so that other lists get their turn.

    Returns how many copies were dealt with.
    """
    done = 0
    with kept(kit, DeliveryRow) as lease, kit.relay.session() as relay:
        with kit.database.reading() as tx:
            mailing_list = mailing_lists.get(tx, list_id)
        ends = kit.clock.monotonic() + SLICE_SECONDS
        sender = _Sender(kit, relay, lease, mailing_list, ends)
        while copies := _claim(kit, lease, list_id):
            for start in range(0, len(copies), RECORD_EVERY):
                outcomes = sender.send(copies[start : start + RECORD_EVERY])
                _record(kit, lease, outcomes)
                done += len(outcomes)
                if sender.must_stop():
                    _give_back(kit, lease)
                    if not sender.relay_down:
                        kit.queue.ring(jobs.deliver(list_id))
                    return done
            if len(copies) < CLAIM:
                break
    return done


@dataclass
class _Sender:
    """Composes each post once, and sends its copies over one connection."""

    kit: Kit
    relay: RelaySession
    lease: Lease
    mailing_list: MailingList
    ends: float
    relay_down: bool = False
    _composed: tuple[int, PostTemplate, str] | None = None

    def send(self, copies: list[ClaimedCopy]) -> dict[int, Next]:
        """What became of each copy; copies that were not tried are not in it."""
        outcomes: dict[int, Next] = {}
        for copy in copies:
            if self.must_stop():
                break
            outcomes[copy.id] = self._send_one(copy)
        return outcomes

    def must_stop(self) -> bool:
        """The relay is down, the lease may be somebody else's by now, or the time is over."""
        time_is_over = self.kit.clock.monotonic() >= self.ends
        return self.relay_down or time_is_over or not self.lease.held()

    def _send_one(self, copy: ClaimedCopy) -> Next:
        if copy.member is None:
            return _DROPPED
        now = self.kit.clock.now()
        try:
            message = self._address(copy, self.kit.vault.open_member(copy.member), now)
        except Locked:
            return _PARKED_LOCKED
        except NotFound:
            return _DROPPED
        except Exception:  # a post that cannot be composed must not stop the others
            return _PARKED_BROKEN
        outcome = self.relay.send(message)
        self.relay_down = isinstance(outcome, RelayDown)
        return after(outcome, copy.attempts, copy.queued_at, self.kit.clock.now())

    def _address(self, copy: ClaimedCopy, recipient: str, now: datetime) -> OutboundMessage:
        template, author_line = self._compose(copy.post_id)
        token = self.kit.tokens.unsubscribe(copy.subscription_id)
        content = template.copy(
            f"{self.kit.base_url}/unsubscribe/{token}",
            self.mailing_list.sub_address("leave", token),
            author_line if copy.to_author else "",
        )
        return_token = self.kit.tokens.return_path(copy.subscription_id, days(now))
        return_path = self.mailing_list.sub_address("bounces", return_token)
        return OutboundMessage(return_path, recipient, content)

    def _compose(self, post_id: int) -> tuple[PostTemplate, str]:
        if self._composed is None or self._composed[0] != post_id:
            with self.kit.database.reading() as tx:
                post = posts.get(tx, post_id)
            if post is None:
                raise NotFound("The post was erased.")
            template = compose_post(post, self.mailing_list, post.accepted_at or post.received_at)
            self._composed = post_id, template, sentence(post.redactions) or NOTHING_TAKEN_OUT
        return self._composed[1:]


def days(now: datetime) -> int:
    """Days since 1970, as return paths count them."""
    return int(now.timestamp() // 86400)


def _claim(kit: Kit, lease: Lease, list_id: int) -> list[ClaimedCopy]:
    with kit.database.transaction() as tx:
        copies = deliveries.claim(tx, list_id, lease.name, kit.clock.now(), CLAIM)
    lease.claimed()
    return copies


def _record(kit: Kit, lease: Lease, outcomes: dict[int, Next]) -> None:
    """Tries for as long as the lease is held: copies whose outcome is lost are sent again."""
    while True:
        try:
            with kit.database.transaction() as tx:
                dispatch.record(tx, DeliveryRow, outcomes, lease.name)
        except Unavailable:
            if not lease.held():
                raise
            kit.clock.pause(1)
        else:
            return


def _give_back(kit: Kit, lease: Lease) -> None:
    with kit.database.transaction() as tx:
        dispatch.give_back(tx, DeliveryRow, lease.name)
