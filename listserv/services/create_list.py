"""Makes a list."""

from listserv.domain.errors import NotFound, Refused
from listserv.domain.list_settings import preset
from listserv.domain.mailing_list import MailingList, default_title, new_address
from listserv.services.kit import Kit
from listserv.store import mailing_lists


def create_list(
    kit: Kit, address: str, title: str = "", preset_name: str = "discussion"
) -> MailingList:
    """Raises Refused for an address that is taken or cannot be a list's."""
    address = new_address(address)
    title = " ".join(title.split()) or default_title(address)
    if len(title) > 200 or not title.isprintable():
        raise Refused("A title has at most 200 characters on one line.")
    settings = preset(preset_name)
    with kit.database.transaction() as tx:
        try:
            mailing_lists.named(tx, address)
        except NotFound:
            return mailing_lists.add(tx, address, title, settings, kit.clock.now())
    raise Refused(f"There is a list {address} already.")
