"""The vault's one door: a handle is turned into an address, and that is written down."""

from listserv.domain.errors import NotFound, Refused
from listserv.services.kit import Kit
from listserv.store import audit, mailing_lists, members, subscriptions


def reveal_member(kit: Kit, address: str, handle: str, reason: str) -> str:
    """The member's address. Raises Refused without a reason, NotFound without such a member.

    The log is written in the same transaction: no address without its line.
    """
    reason = " ".join(reason.split())
    if len(reason) < 5 or "@" in reason:
        raise Refused("Give a reason in a few words, without any address.")
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.named(tx, address)
        found = subscriptions.of_handle(tx, mailing_list.id, handle)
        member = members.get(tx, found.member_id) if found.member_id else None
        if member is None:
            raise NotFound("That member has left, and their address was erased.")
        now = kit.clock.now()
        audit.add(tx, "operator", "reveal", mailing_list.id, found.id, reason, now)
        return kit.vault.open_member(member)
