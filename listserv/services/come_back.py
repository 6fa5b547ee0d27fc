"""Somebody who left by mistake comes back, under the handle that they had."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from listserv.domain.subscription import DeliveryMode, Role, Subscription, SubscriptionState
from listserv.services.kit import Kit
from listserv.services.subscribe import member_for, subscribe
from listserv.services.tell import Reader, tell
from listserv.store import subscriptions
from listserv.store.transaction import Transaction


def come_back(
    kit: Kit,
    tx: Transaction,
    reader: Reader,
    before: Mapping[str, Any],
) -> Subscription:
    """before: what `leave` wrote down. Who has joined anew meanwhile stays as they are."""
    address, language = reader.address, reader.language
    list_id = reader.mailing_list.id
    member_id = member_for(kit, tx, address, language, reader.mailing_list)
    left = subscriptions.get(tx, int(before["subscription"]))
    anew = subscriptions.of_member(tx, list_id, member_id)
    if left is None or (anew and anew.state is not SubscriptionState.LEFT):
        back = anew or subscribe(kit, tx, list_id, address, language=language)[0]
    elif anew and anew.id != left.id:
        back = _as_before(kit, tx, anew, before)
    else:
        subscriptions.give_back(tx, left.id, member_id)
        back = _as_before(kit, tx, replace(left, member_id=member_id), before)
    tell(kit, tx, "welcome_back", reader, handle=back.handle)
    return back


def _as_before(
    kit: Kit, tx: Transaction, left: Subscription, before: Mapping[str, Any]
) -> Subscription:
    waited = before["state"] == SubscriptionState.WAITING
    back = replace(
        left,
        state=SubscriptionState.WAITING if waited else SubscriptionState.ACTIVE,
        delivery=DeliveryMode(before["delivery"]),
        role=Role(before["role"]),
        paused_until=None,
    )
    subscriptions.save(tx, back, kit.clock.now())
    return back
