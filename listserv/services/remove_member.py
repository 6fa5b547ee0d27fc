"""The operator takes a member off a list."""

from listserv.domain.errors import NotFound
from listserv.domain.subscription import SubscriptionState
from listserv.services.find_member import find_member
from listserv.services.kit import Kit
from listserv.services.tell import reader_of, tell
from listserv.services.unsubscribe import unsubscribe
from listserv.store import mailing_lists


def remove_member(kit: Kit, address: str, who: str, notify: bool = False) -> str:
    """who: an address or a handle. Returns the handle. Raises NotFound."""
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.named(tx, address)
        found = find_member(kit, tx, mailing_list.id, who)
        if found.state is SubscriptionState.LEFT:
            raise NotFound("Whoever had that handle has left already.")
        reader = reader_of(kit, tx, mailing_list, found.member_id) if notify else None
        if reader:
            tell(kit, tx, "goodbye", reader)
        unsubscribe(kit, tx, found)
    return found.handle
