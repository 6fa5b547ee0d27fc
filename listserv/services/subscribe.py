"""Makes an address a member of a list."""

from dataclasses import replace

from listserv.domain.errors import Refused
from listserv.domain.language import Language
from listserv.domain.mailing_list import MailingList
from listserv.domain.routing import ToCommand, ToList
from listserv.domain.subscription import DeliveryMode, Role, Subscription, SubscriptionState
from listserv.services.choose_handle import free_handle
from listserv.services.find_route import route_in
from listserv.services.kit import Kit
from listserv.store import mailing_lists, members, subscriptions
from listserv.store.transaction import Transaction


def subscribe(  # noqa: PLR0913  # what a subscription is made of
    kit: Kit,
    tx: Transaction,
    list_id: int,
    address: str,
    *,
    state: SubscriptionState = SubscriptionState.ACTIVE,
    handle: str = "",
    delivery: DeliveryMode = DeliveryMode.EACH,
    role: Role = Role.MEMBER,
    language: Language | None = None,
) -> tuple[Subscription, bool]:
    """The subscription of a normalised address, and whether it is new.

    Somebody who is on the list already keeps what they have, but who waits is
    let in. Without a handle a free one is drawn. language: what
    a new member speaks, else the list's. Raises Refused for a handle
    that is taken or unfit, and for an address of a list: its mail would go in circles.
    """
    if isinstance(route_in(tx, address), ToList | ToCommand):
        raise Refused("That is the address of a group here, and not of a person.")
    now = kit.clock.now()
    mailing_list = mailing_lists.get(tx, list_id)
    speaks = language or mailing_list.settings.language
    member_id = member_for(kit, tx, address, speaks, mailing_list)
    known = subscriptions.of_member(tx, list_id, member_id)
    if known and known.state is SubscriptionState.WAITING and state is SubscriptionState.ACTIVE:
        let_in = replace(known, state=state, delivery=delivery, role=role)
        subscriptions.save(tx, let_in, now)
        return let_in, True
    if known and known.state is not SubscriptionState.LEFT:
        return known, False
    handle = free_handle(kit, tx, mailing_list, handle)
    new = Subscription(known.id if known else 0, list_id, member_id, handle, state, delivery, role)
    if known:
        subscriptions.save(tx, new, now)
        return new, True
    return subscriptions.add(tx, new, now), True


def member_for(
    kit: Kit, tx: Transaction, address: str, language: Language, mailing_list: MailingList
) -> str:
    """The member with a normalised address, made if need be, in that list's time zone."""
    lookups = kit.vault.lookups(address)
    found = members.find(tx, lookups)
    if found and members.lock(tx, found.member_id):
        return found.member_id
    sealed = kit.vault.seal_member(kit.randomness.token(), address)
    zone = mailing_list.settings.time_zone
    members.add(tx, sealed, lookups[0], kit.clock.now(), language, zone)
    return sealed.member_id
