"""Somebody asks by mail to leave. Nothing proves From, so the address is asked first."""

from listserv.domain.errors import NotFound
from listserv.services.find_member import find_member
from listserv.services.kit import Kit
from listserv.services.question import tell, write_down
from listserv.store import mailing_lists, notices


def ask_to_leave(kit: Kit, list_id: int, address: str) -> None:
    """Sends one question to a member; a stranger gets nothing, and takes as long to refuse."""
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.get(tx, list_id)
        asked = write_down(kit, tx, "leave", list_id, address)
        if not asked:
            return
        notice_id = tell(kit, tx, "confirm_leave", mailing_list, address, asked.token)
        try:
            find_member(kit, tx, list_id, address)
        except NotFound:
            # Everything was done as for a member, so that the time it took tells nothing.
            notices.drop(tx, notice_id)
