"""Finds a subscription by an address or a handle, whichever the operator typed."""

from listserv.domain.address import parse_address
from listserv.domain.errors import NotFound
from listserv.domain.subscription import Subscription
from listserv.services.kit import Kit
from listserv.store import mailing_lists, members, subscriptions
from listserv.store.transaction import Transaction


def find_member(kit: Kit, tx: Transaction, list_id: int, who: str) -> Subscription:
    """Raises NotFound; the words never repeat an address."""
    if "@" not in who:
        return subscriptions.of_handle(tx, list_id, who)
    member = members.find(tx, kit.vault.lookups(parse_address(who)))
    found = subscriptions.of_member(tx, list_id, member.member_id) if member else None
    if found is None:
        raise NotFound("Nobody on this list has that address.")
    return found


def ids_of(kit: Kit, address: str, handle: str) -> tuple[int, int]:
    """The ids of a list and of whoever has, or had, that handle there. Raises NotFound."""
    with kit.database.reading() as tx:
        list_id = mailing_lists.named(tx, address).id
        return list_id, subscriptions.of_handle(tx, list_id, handle).id
