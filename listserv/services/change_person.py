"""Changes what holds for a member on all lists."""

from dataclasses import replace
from datetime import datetime

from listserv.domain.errors import NotFound, Refused
from listserv.domain.request import PersonChange, SetLanguage
from listserv.domain.time_zone import find_zone
from listserv.services.kit import Kit
from listserv.store import digests, members
from listserv.store.transaction import Transaction


def change_person(kit: Kit, member_id: str, change: PersonChange) -> None:
    """Raises NotFound, and Refused for a time zone that does not exist."""
    with kit.database.transaction() as tx:
        apply_to_person(tx, member_id, change, kit.clock.now())


def apply_to_person(tx: Transaction, member_id: str, change: PersonChange, now: datetime) -> None:
    person = members.person(tx, member_id)
    if person is None:
        raise NotFound("We do not know you any more. Please join a group again.")
    if isinstance(change, SetLanguage):
        members.save_person(tx, replace(person, language=change.language))
        return
    zone = find_zone(change.zone)
    if zone is None:
        raise Refused("We do not know that time zone. One looks like Europe/Madrid.")
    members.save_person(tx, replace(person, time_zone=zone))
    digests.follow_person(tx, member_id, now)
