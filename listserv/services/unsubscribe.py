"""Somebody leaves a list."""

from dataclasses import replace

from listserv.domain.subscription import Subscription, SubscriptionState
from listserv.services.kit import Kit
from listserv.store import members, subscriptions
from listserv.store.transaction import Transaction


def unsubscribe(kit: Kit, tx: Transaction, subscription: Subscription) -> None:
    """Ends the subscription. Who is on no list any more is erased, address and key.

    The handle stays taken, so that nobody is ever mistaken for who used it.
    """
    if subscription.member_id is not None:
        members.lock(tx, subscription.member_id)  # nobody adds them elsewhere meanwhile
    gone = replace(subscription, state=SubscriptionState.LEFT)
    subscriptions.save(tx, gone, kit.clock.now())
    if subscription.member_id is not None:
        members.erase_without_subscription(tx, subscription.member_id)
