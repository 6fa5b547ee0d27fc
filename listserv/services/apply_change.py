"""Does to a subscription what its member asked for."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from listserv.domain.errors import Refused
from listserv.domain.handle import chosen, skeleton
from listserv.domain.life import Step, after
from listserv.domain.mailing_list import MailingList
from listserv.domain.request import (
    Change,
    Leave,
    Pause,
    Resume,
    SetDelivery,
    SetFormat,
    SetHandle,
    SetHour,
    SetOneTime,
    SetReceipts,
)
from listserv.domain.subscription import Subscription, SubscriptionState
from listserv.services.choose_handle import free_handle
from listserv.services.kit import Kit
from listserv.services.leave import leave
from listserv.store import members, subscriptions
from listserv.store.transaction import Transaction

LONGEST_PAUSE = timedelta(days=366)


def apply_change(
    kit: Kit, tx: Transaction, mailing_list: MailingList, before: Subscription, change: Change
) -> Subscription:
    """The subscription as it is now. Raises Refused, in words for the member."""
    if isinstance(change, Leave):
        leave(kit, tx, mailing_list, before)
        return replace(before, state=SubscriptionState.LEFT)
    changed = _changed(kit, tx, mailing_list, before, change)
    subscriptions.save(tx, changed, kit.clock.now())
    return changed


def _changed(
    kit: Kit, tx: Transaction, mailing_list: MailingList, before: Subscription, change: Change
) -> Subscription:
    match change:
        case Pause(until):
            ends = _morning(kit, tx, before, until) if until else None
            return replace(before, state=after(before.state, Step.PAUSE), paused_until=ends)
        case Resume():
            return replace(before, state=after(before.state, Step.RESUME), paused_until=None)
        case SetDelivery(delivery):
            return replace(before, delivery=delivery)
        case SetHandle(handle):
            return replace(before, handle=_handle(kit, tx, mailing_list, before, handle))
        case SetReceipts(wanted):
            return replace(before, receipts=wanted)
        case SetOneTime(wanted):
            return replace(before, one_time=wanted)
        case SetHour(hour):
            if not 0 <= hour <= 23:
                raise Refused("The hour is a number from 0 to 23.")
            return replace(before, digest_hour=hour)
        case SetFormat(digest_format):
            return replace(before, digest_format=digest_format)
    raise TypeError(type(change).__name__)


def _morning(kit: Kit, tx: Transaction, subscription: Subscription, until: date) -> datetime:
    """When that day begins for the member, in UTC."""
    member_id = subscription.member_id
    person = members.person(tx, member_id) if member_id else None
    zone = ZoneInfo(person.time_zone if person else "UTC")
    begins = datetime.combine(until, time(), zone).astimezone(UTC)
    now = kit.clock.now()
    if not now < begins <= now + LONGEST_PAUSE:
        raise Refused("A pause ends on a day that is still to come, within a year.")
    return begins


def _handle(
    kit: Kit, tx: Transaction, mailing_list: MailingList, before: Subscription, wanted: str
) -> str:
    """A handle may change its spelling where it stays as good as the same."""
    if wanted and skeleton(wanted) == skeleton(before.handle):
        return chosen(wanted)
    return free_handle(kit, tx, mailing_list, wanted)
