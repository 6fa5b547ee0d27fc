"""Counts what came back, and stops sending to who cannot be reached any more."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from listserv.domain.bounce import BounceKind, has_enough, is_storm, kind_of_refusal
from listserv.domain.errors import Conflict, Locked, Unavailable
from listserv.domain.life import Step, after
from listserv.domain.return_path import ReturnPath, day_of
from listserv.domain.subscription import Subscription, SubscriptionState
from listserv.services.kit import Kit
from listserv.services.tell import reader_of, tell
from listserv.store import bounces, mailing_lists, subscriptions
from listserv.store.transaction import Transaction


def count_bounce(kit: Kit, tx: Transaction, copy: ReturnPath, kind: BounceKind) -> None:
    """Counts a bounce for the day on which its copy went out.

    So whoever finds an old return path in a mail of somebody else's can send
    reports to it as often as they like: it stays one day.
    """
    found = bounces.whose(tx, copy.subscription_id)
    if found is None or found.state is not SubscriptionState.ACTIVE:
        return  # nothing is sent to them anyway
    bounces.count(tx, found, copy.day, kind)
    if _unreachable(kit, tx, found):
        _suspend(kit, tx, found)


def count_refusals(kit: Kit, refused: Mapping[int, str]) -> None:
    """Counts copies that the relay gave back for good.

    refused: the three digits of its reply by the subscription's id. A count that
    is lost with the database does no harm: the next refusal is counted.
    """
    today = day_of(kit.clock.now())
    for subscription_id, status in refused.items():
        kind = kind_of_refusal(status)
        if kind is not None:
            with suppress(Unavailable, Conflict), kit.database.transaction() as tx:
                count_bounce(kit, tx, ReturnPath(subscription_id, today), kind)


def _unreachable(kit: Kit, tx: Transaction, subscription: Subscription) -> bool:
    limit = mailing_lists.get(tx, subscription.list_id).settings.bounce_days
    today = day_of(kit.clock.now())
    days = bounces.days_of(tx, subscription.id)
    if limit is None or not has_enough(days, today, limit):
        return False
    people = bounces.people_by_day(tx, subscription.list_id, [found.day for found in days])
    active = subscriptions.count_by_state(tx, subscription.list_id)[SubscriptionState.ACTIVE]
    storms = {day for day, bounced in people.items() if is_storm(bounced, active)}
    return has_enough(days, today, limit, storms)


def _suspend(kit: Kit, tx: Transaction, subscription: Subscription) -> None:
    """With one mail that says so: if it arrives, they know how to get the rest again."""
    mailing_list = mailing_lists.get(tx, subscription.list_id)
    with suppress(Locked):  # without the key nobody can be told; the next bounce tries again
        reader = reader_of(kit, tx, mailing_list, subscription.member_id)
        if reader is None:
            return
        suspended = replace(subscription, state=after(subscription.state, Step.SUSPEND))
        subscriptions.save(tx, suspended, kit.clock.now())
        bounces.forget(tx, subscription.id)  # who comes back begins anew
        tell(kit, tx, "suspended", reader, handle=subscription.handle)
