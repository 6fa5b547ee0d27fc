"""Makes an address a member of a list."""

from dataclasses import replace

from listserv.domain.errors import Refused
from listserv.domain.handle import chosen, draw, skeleton
from listserv.domain.subscription import DeliveryMode, Role, Subscription, SubscriptionState
from listserv.services.kit import Kit
from listserv.store import members, subscriptions
from listserv.store.transaction import Transaction


def subscribe(
    kit: Kit,
    tx: Transaction,
    list_id: int,
    address: str,
    *,
    state: SubscriptionState = SubscriptionState.ACTIVE,
    handle: str = "",
    delivery: DeliveryMode = DeliveryMode.EACH,
    role: Role = Role.MEMBER,
) -> tuple[Subscription, bool]:
    """The subscription of a normalised address, and whether it is new.

    Somebody who is on the list already keeps what they have, but who waits is
    let in. Without a handle a free one is drawn. Raises Refused for a handle
    that is taken or unfit.
    """
    now = kit.clock.now()
    member_id = _member(kit, tx, address)
    known = subscriptions.of_member(tx, list_id, member_id)
    if known and known.state is SubscriptionState.WAITING and state is SubscriptionState.ACTIVE:
        let_in = replace(known, state=state, delivery=delivery, role=role)
        subscriptions.save(tx, let_in, now)
        return let_in, True
    if known and known.state is not SubscriptionState.LEFT:
        return known, False
    if handle:
        handle = chosen(handle)
        if subscriptions.taken(tx, list_id, skeleton(handle)):
            raise Refused("That handle, or one that looks like it, is or was in use on this list.")
    else:
        handle = draw(kit.randomness.choose, lambda plain: subscriptions.taken(tx, list_id, plain))
    new = Subscription(known.id if known else 0, list_id, member_id, handle, state, delivery, role)
    if known:
        subscriptions.save(tx, new, now)
        return new, True
    return subscriptions.add(tx, new, now), True


def _member(kit: Kit, tx: Transaction, address: str) -> str:
    lookups = kit.vault.lookups(address)
    found = members.find(tx, lookups)
    if found and members.lock(tx, found.member_id):
        return found.member_id
    sealed = kit.vault.seal_member(kit.randomness.token(), address)
    members.add(tx, sealed, lookups[0], kit.clock.now())
    return sealed.member_id
