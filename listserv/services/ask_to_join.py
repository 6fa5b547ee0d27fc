"""Somebody asks to join, by mail or on the page: the address is asked whether it was them."""

from listserv.domain.address import parse_address
from listserv.domain.errors import Refused
from listserv.domain.list_settings import Join
from listserv.services.kit import Kit
from listserv.services.question import tell, write_down
from listserv.store import mailing_lists

INVITE_ONLY = "This group takes new members by invitation only."


def ask_to_join(kit: Kit, list_id: int, email: str) -> None:
    """Sends one question to the address, the same whether or not it is on the list.

    Raises Refused for text that is no address and for a list that is by
    invitation only.
    """
    address = parse_address(email)
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.get(tx, list_id)
        if mailing_list.settings.join is Join.INVITE:
            raise Refused(INVITE_ONLY)
        asked = write_down(kit, tx, "join", list_id, address)
        if asked:
            tell(kit, tx, "confirm_join", mailing_list, address, asked.token)
