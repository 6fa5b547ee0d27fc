"""Takes a key away: it signs no more."""

from listserv.domain.errors import NotFound
from listserv.services.kit import Kit
from listserv.store import dkim_keys


def remove_dkim_key(kit: Kit, domain: str, selector: str) -> None:
    """Raises NotFound."""
    with kit.database.transaction() as tx:
        if not dkim_keys.remove(tx, domain.lower(), selector):
            raise NotFound(f"{domain} has no key {selector}. `quietlist dkim show` lists them.")
