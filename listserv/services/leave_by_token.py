"""Leaving by the token in List-Unsubscribe: once or many times, it says the same."""

from datetime import timedelta

from listserv.domain.mailing_list import MailingList
from listserv.domain.subscription import Subscription, SubscriptionState
from listserv.services.kit import Kit
from listserv.services.leave import leave
from listserv.store import mailing_lists, subscriptions
from listserv.store.transaction import Transaction

VALID_AFTER_LEAVING = timedelta(days=60)


def list_of_token(kit: Kit, token: str) -> MailingList | None:
    """The list that a valid token belongs to. Changes nothing."""
    with kit.database.reading() as tx:
        found = _subscription(kit, tx, token)
        return mailing_lists.get(tx, found.list_id) if found else None


def leave_by_token(kit: Kit, token: str, list_id: int | None = None) -> MailingList | None:
    """Ends the subscription, if it has not ended, and returns its list; None for a bad token.

    The member is told by mail how to undo it: a copy that was forwarded carries
    the token too. list_id: the list that the token came to, where it came by mail.
    """
    with kit.database.transaction() as tx:
        found = _subscription(kit, tx, token)
        if found is None or list_id not in (None, found.list_id):
            return None
        mailing_list = mailing_lists.get(tx, found.list_id)
        if found.state is not SubscriptionState.LEFT:
            leave(kit, tx, mailing_list, found)
        return mailing_list


def _subscription(kit: Kit, tx: Transaction, token: str) -> Subscription | None:
    subscription_id = kit.tokens.read_unsubscribe(token)
    found = subscriptions.get(tx, subscription_id) if subscription_id is not None else None
    if found is None:
        return None
    ended = subscriptions.left_at(tx, found.id)
    if ended is not None and kit.clock.now() - ended > VALID_AFTER_LEAVING:
        return None
    return found
