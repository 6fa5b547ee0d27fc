"""Lists, as the operator sees them."""

from collections.abc import Sequence

from listserv.domain.mailing_list import MailingList
from listserv.services.kit import Kit
from listserv.store import mailing_lists, subscriptions


def all_lists(kit: Kit) -> Sequence[MailingList]:
    with kit.database.reading() as tx:
        return mailing_lists.all_of_them(tx)


def one_list(kit: Kit, address: str) -> tuple[MailingList, dict[str, int]]:
    """The list, and how many subscriptions are in which state. Raises NotFound."""
    with kit.database.reading() as tx:
        found = mailing_lists.named(tx, address)
        return found, subscriptions.count_by_state(tx, found.id)
