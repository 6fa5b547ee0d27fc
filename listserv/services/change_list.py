"""Changes the settings of a list."""

from collections.abc import Mapping

from listserv.domain.audit import OPERATOR
from listserv.domain.list_settings import change
from listserv.domain.mailing_list import MailingList
from listserv.services.kit import Kit
from listserv.store import audit, mailing_lists
from listserv.store.audit import Act


def change_list(
    kit: Kit, address: str, changes: Mapping[str, str], actor: str = OPERATOR
) -> MailingList:
    """changes: setting names and their text form. actor: an owner's handle, or the operator.

    The audit log gets the names, not the values: these may be words about people.
    Raises Refused or NotFound; all or nothing.
    """
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.named(tx, address)
        settings = change(mailing_list.settings, changes)
        mailing_lists.save_settings(tx, mailing_list.id, settings)
        names = ", ".join(sorted(changes))
        audit.add(tx, Act(actor, "settings", mailing_list.id, reason=names), kit.clock.now())
        return mailing_lists.get(tx, mailing_list.id)
