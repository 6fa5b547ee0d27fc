"""Changes the settings of a list."""

from collections.abc import Mapping

from listserv.domain.list_settings import change
from listserv.domain.mailing_list import MailingList
from listserv.services.kit import Kit
from listserv.store import mailing_lists


def change_list(kit: Kit, address: str, changes: Mapping[str, str]) -> MailingList:
    """changes: setting names and their text form. Raises Refused or NotFound; all or nothing."""
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.named(tx, address)
        mailing_lists.save_settings(tx, mailing_list.id, change(mailing_list.settings, changes))
        return mailing_lists.get(tx, mailing_list.id)
