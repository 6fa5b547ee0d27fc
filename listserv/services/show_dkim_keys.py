"""The keys of a domain, and what the DNS should say of them."""

from collections.abc import Sequence

from listserv.domain.dkim import DkimKey
from listserv.services.kit import Kit
from listserv.store import dkim_keys


def show_dkim_keys(kit: Kit, domain: str) -> Sequence[DkimKey]:
    """Oldest first; none where mail is not signed."""
    with kit.database.reading() as tx:
        return dkim_keys.of_domain(tx, domain.lower())
