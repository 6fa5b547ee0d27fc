"""Reads the audit log, and looks whether it is whole."""

from collections.abc import Sequence

from listserv.domain.audit import AuditLine, Broken, Intact, verify
from listserv.services.kit import Kit
from listserv.store import audit, mailing_lists


def newest(kit: Kit, address: str = "", limit: int = 100) -> Sequence[AuditLine]:
    """The last lines, newest first; of one list by its address, or of all. Raises NotFound."""
    with kit.database.reading() as tx:
        list_id = mailing_lists.named(tx, address).id if address else None
        return audit.newest(tx, list_id, limit)


def verify_log(kit: Kit) -> Intact | Broken:
    """A line that is cut off at the end shows only beside a head that was kept elsewhere."""
    with kit.database.reading() as tx:
        return verify(audit.lines(tx))
