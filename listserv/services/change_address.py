"""A member moves to another address. Both addresses have to say yes."""

from listserv.domain.address import parse_address
from listserv.domain.errors import NotFound, Refused
from listserv.services.kit import Kit
from listserv.services.question import Purpose, address_of, write_down
from listserv.services.tell import tell_person
from listserv.store import confirmations, members
from listserv.store.confirmations import Confirmation
from listserv.store.transaction import Transaction

_TOO_MANY = "You have asked for this several times now. Please wait an hour, and try again."


def ask_to_change_address(kit: Kit, member_id: str, email: str) -> None:
    """Asks the old address and the new one. Raises Refused, and NotFound for nobody.

    Whether the new one is a member already is not told here, or anybody could
    find out who is one.
    """
    new = parse_address(email)
    with kit.database.transaction() as tx:
        member, person = members.get(tx, member_id), members.person(tx, member_id)
        if member is None or person is None:
            raise NotFound("We do not know you any more.")
        old = kit.vault.open_member(member)
        if new == old:
            raise Refused("That is the address that we have already.")
        pair = {"member": member_id, "pair": kit.randomness.token()}
        for purpose, address in ((Purpose.OLD_ADDRESS, old), (Purpose.NEW_ADDRESS, new)):
            asked = write_down(kit, tx, purpose, None, address, person.language, pair)
            if asked:
                notice = f"confirm_{purpose}"
                tell_person(kit, tx, notice, member_id, address, person.language, asked.token)
            elif purpose is Purpose.OLD_ADDRESS:
                raise Refused(_TOO_MANY)  # of the other end nothing is told


def confirm_address(kit: Kit, tx: Transaction, answered: Confirmation) -> None:
    """One of the two has said yes. With both, the member moves, and both are told."""
    member_id = answered.details["member"]
    if not members.lock(tx, member_id):
        return
    other_purpose = (
        Purpose.NEW_ADDRESS if answered.purpose == Purpose.OLD_ADDRESS else Purpose.OLD_ADDRESS
    )
    other = confirmations.answered_pair(tx, other_purpose, answered.details["pair"])
    person = members.person(tx, member_id)
    if other is None or person is None:
        return
    both = {found.purpose: address_of(kit, found) for found in (answered, other)}
    old, new = both[Purpose.OLD_ADDRESS], both[Purpose.NEW_ADDRESS]
    lookups = kit.vault.lookups(new)
    if members.find(tx, lookups):
        tell_person(kit, tx, "address_in_use", member_id, old, person.language)
        return
    members.replace(tx, kit.vault.seal_member(member_id, new), lookups[0])
    for address in (old, new):
        tell_person(kit, tx, "address_changed", member_id, address, person.language)
