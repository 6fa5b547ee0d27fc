"""A member who is signed in changes one of their subscriptions."""

from listserv.domain.errors import NotFound
from listserv.domain.request import Change, Pause
from listserv.domain.subscription import Subscription
from listserv.services.apply_change import apply_change
from listserv.services.kit import Kit
from listserv.services.tell import reader_of
from listserv.services.tell_change import tell_change
from listserv.store import mailing_lists, subscriptions


def change_subscription(
    kit: Kit, member_id: str, subscription_id: int, change: Change
) -> Subscription:
    """The subscription after it. A pause is confirmed by mail, and so is leaving.

    Raises NotFound for one that is not theirs, and Refused in words for them.
    """
    with kit.database.transaction() as tx:
        before = subscriptions.get(tx, subscription_id)
        if before is None or before.member_id != member_id:
            raise NotFound("You are not in that group any more.")
        mailing_list = mailing_lists.get(tx, before.list_id)
        reader = reader_of(kit, tx, mailing_list, member_id)
        after = apply_change(kit, tx, mailing_list, before, change)
        if isinstance(change, Pause) and reader:
            tell_change(kit, tx, reader, change, after)
        return after
