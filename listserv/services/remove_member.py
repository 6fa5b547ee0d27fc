"""The operator takes a member off a list."""

from listserv.domain.errors import NotFound
from listserv.domain.subscription import SubscriptionState
from listserv.services.find_member import find_member
from listserv.services.kit import Kit
from listserv.services.question import tell
from listserv.services.unsubscribe import unsubscribe
from listserv.store import mailing_lists, members


def remove_member(kit: Kit, address: str, who: str, notify: bool = False) -> str:
    """who: an address or a handle. Returns the handle. Raises NotFound."""
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.named(tx, address)
        found = find_member(kit, tx, mailing_list.id, who)
        if found.state is SubscriptionState.LEFT:
            raise NotFound("Whoever had that handle has left already.")
        member = members.get(tx, found.member_id) if found.member_id else None
        if notify and member:
            tell(kit, tx, "goodbye", mailing_list, kit.vault.open_member(member))
        unsubscribe(kit, tx, found)
    return found.handle
