"""Bans an address from a list, by its keyed hash: it outlives leaving and being forgotten."""

from listserv.domain.address import parse_address
from listserv.domain.audit import OPERATOR
from listserv.domain.errors import NotFound
from listserv.domain.sealed import Lookup
from listserv.domain.subscription import Subscription, SubscriptionState
from listserv.services.find_member import find_member
from listserv.services.kit import Kit
from listserv.services.tell import reader_of, tell
from listserv.services.unsubscribe import unsubscribe
from listserv.store import audit, bans, mailing_lists, members, posts, subscriptions
from listserv.store.audit import Act
from listserv.store.transaction import Transaction


def ban_member(kit: Kit, address: str, who: str, moderator: Subscription | None = None) -> str:
    """who: a handle, or an address, be it a member's or not. Returns the handle, or "".

    A member is taken off the list and told; their posts that wait are erased.
    moderator: None for the operator. Raises NotFound.
    """
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.named(tx, address)
        found = _member(kit, tx, mailing_list.id, who)
        lookup = _lookup(kit, tx, found, who)
        bans.add(tx, mailing_list.id, lookup, found.id if found else None, kit.clock.now())
        if found and found.state is not SubscriptionState.LEFT:
            posts.erase_held_of_author(tx, found.id)
            reader = reader_of(kit, tx, mailing_list, found.member_id)
            if reader:
                tell(kit, tx, "removed", reader)
            unsubscribe(kit, tx, found)
        _write_down(kit, tx, "ban", mailing_list.id, found, moderator)
    return found.handle if found else ""


def unban_member(kit: Kit, address: str, who: str, moderator: Subscription | None = None) -> None:
    """who: the address, or the handle that it had here. Raises NotFound."""
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.named(tx, address)
        if "@" in who:
            found = None
            lifted = bans.lift(tx, mailing_list.id, kit.vault.lookups(parse_address(who)))
        else:
            found = subscriptions.of_handle(tx, mailing_list.id, who)
            lifted = bans.lift_of(tx, mailing_list.id, found.id)
        if not lifted:
            raise NotFound("Nobody like that is banned from this list.")
        _write_down(kit, tx, "unban", mailing_list.id, found, moderator)


def _member(kit: Kit, tx: Transaction, list_id: int, who: str) -> Subscription | None:
    try:
        return find_member(kit, tx, list_id, who)
    except NotFound:
        if "@" not in who:
            raise
        return None


def _lookup(kit: Kit, tx: Transaction, found: Subscription | None, who: str) -> Lookup:
    if "@" in who:
        return kit.vault.lookups(parse_address(who))[0]
    member = members.get(tx, found.member_id) if found and found.member_id else None
    if member is None:
        raise NotFound("That member has left, and their address was erased.")
    return kit.vault.lookups(kit.vault.open_member(member))[0]


def _write_down(  # who did what to whom
    kit: Kit,
    tx: Transaction,
    action: str,
    list_id: int,
    found: Subscription | None,
    moderator: Subscription | None,
) -> None:
    actor = moderator.handle if moderator else OPERATOR
    audit.add(tx, Act(actor, action, list_id, found.id if found else None), kit.clock.now())
