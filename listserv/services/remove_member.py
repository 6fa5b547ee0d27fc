"""The operator takes a member off a list."""

from listserv.domain.audit import OPERATOR
from listserv.domain.errors import NotFound
from listserv.domain.subscription import SubscriptionState
from listserv.services.find_member import find_member
from listserv.services.kit import Kit
from listserv.services.tell import reader_of, tell
from listserv.services.unsubscribe import unsubscribe
from listserv.store import audit, mailing_lists
from listserv.store.audit import Act


def remove_member(
    kit: Kit, address: str, who: str, notify: bool = False, actor: str = OPERATOR
) -> str:
    """who: an address or a handle. actor: a moderator's handle, or the operator.

    With notify they are told; who still waited, that the request is turned
    down. Returns the handle. Raises NotFound.
    """
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.named(tx, address)
        found = find_member(kit, tx, mailing_list.id, who)
        if found.state is SubscriptionState.LEFT:
            raise NotFound("Whoever had that handle has left already.")
        reader = reader_of(kit, tx, mailing_list, found.member_id) if notify else None
        if reader:
            waited = found.state is SubscriptionState.WAITING
            values = {"reason": ""} if waited else {"handle": found.handle}
            tell(kit, tx, "turned_down" if waited else "goodbye", reader, **values)
        unsubscribe(kit, tx, found)
        audit.add(tx, Act(actor, "remove", mailing_list.id, found.id), kit.clock.now())
    return found.handle
