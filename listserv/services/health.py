"""Whether what we stand on answers."""

from dataclasses import dataclass

from listserv.domain.errors import Unavailable
from listserv.services.kit import Kit
from listserv.store import mailing_lists


@dataclass(frozen=True)
class Health:
    database: bool
    redis: bool


def health(kit: Kit) -> Health:
    """Asks both; never raises for one that is down."""
    return Health(_database(kit), kit.queue.waiting() is not None)


def _database(kit: Kit) -> bool:
    try:
        with kit.database.reading() as tx:
            mailing_lists.serves(tx, "")
    except Unavailable:
        return False
    return True
