"""What a recipient address means, asked at RCPT."""

from listserv.domain.routing import Route, route
from listserv.services.kit import Kit
from listserv.store import mailing_lists
from listserv.store.transaction import Transaction


def find_route(kit: Kit, recipient: str) -> Route:
    """Raises Unavailable when the database does not answer."""
    with kit.database.reading() as tx:
        return route_in(tx, recipient)


def route_in(tx: Transaction, recipient: str) -> Route:
    """The same within a transaction."""
    return route(
        recipient,
        lambda address: mailing_lists.id_of(tx, address),
        lambda domain: mailing_lists.serves(tx, domain),
    )
