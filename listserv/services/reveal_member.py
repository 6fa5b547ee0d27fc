"""The vault's one door: a handle is turned into an address, and that is written down."""

from listserv.domain.audit import OPERATOR
from listserv.domain.errors import NotFound, Refused
from listserv.domain.list_settings import Switch
from listserv.services.kit import Kit
from listserv.services.tell import Reader, tell
from listserv.store import audit, mailing_lists, members, subscriptions
from listserv.store.audit import Act

SHORTEST_REASON = 5


def is_operator(kit: Kit, member_id: str) -> bool:
    """Whether a member's address is the operator's."""
    with kit.database.reading() as tx:
        member = members.get(tx, member_id)
        return bool(kit.operator and member and kit.vault.open_member(member) == kit.operator)


def reveal_member(kit: Kit, address: str, handle: str, reason: str) -> str:
    """The member's address. Raises Refused without a reason, NotFound without such a member.

    The log is written in the same transaction, and so is the mail that tells
    the member, unless the list has `tell_reveals=off`: no address without them.
    """
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON or "@" in reason:
        raise Refused("Give a reason in a few words, without any address.")
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.named(tx, address)
        found = subscriptions.of_handle(tx, mailing_list.id, handle)
        member = members.get(tx, found.member_id) if found.member_id else None
        person = members.person(tx, member.member_id) if member else None
        if member is None or person is None:
            raise NotFound("That member has left, and their address was erased.")
        email = kit.vault.open_member(member)
        if mailing_list.settings.tell_reveals is Switch.ON:
            reader = Reader(mailing_list, email, person.language)
            tell(kit, tx, "revealed", reader, reason=reason)
        act = Act(OPERATOR, "reveal", mailing_list.id, found.id, reason=reason)
        audit.add(tx, act, kit.clock.now())
        return email
