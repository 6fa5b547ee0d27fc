"""A roster, as the operator sees it: handles and states, never addresses."""

from collections.abc import Iterator

from listserv.domain.subscription import Subscription
from listserv.services.kit import Kit
from listserv.store import mailing_lists, subscriptions


def roster(kit: Kit, address: str) -> Iterator[Subscription]:
    """Page by page, so that a list of any size fits. Raises NotFound."""
    last = 0
    with kit.database.reading() as tx:
        list_id = mailing_lists.named(tx, address).id
    while True:
        with kit.database.reading() as tx:
            page = subscriptions.page(tx, list_id, after_id=last)
        if not page:
            return
        yield from page
        last = page[-1].id
