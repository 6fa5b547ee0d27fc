"""Keeps a mail that broke us, sealed, so that nothing is lost silently."""

from collections.abc import Sequence
from datetime import datetime

from listserv.domain.audit import OPERATOR
from listserv.domain.errors import NotFound
from listserv.services.kit import Kit
from listserv.store import audit
from listserv.store import quarantine as quarantined
from listserv.store.audit import Act

_GONE = "There is no such mail in quarantine. `quietlist quarantine list` shows what there is."


def quarantine(kit: Kit, reason: str, raw: bytes) -> str:
    """Returns the id under which the operator finds it. reason: a word of ours or a class name."""
    quarantine_id = kit.randomness.token()
    sealed = kit.vault.seal(raw, quarantined.place(quarantine_id))
    with kit.database.transaction() as tx:
        quarantined.add(tx, quarantine_id, reason[:64], sealed, kit.clock.now())
    return quarantine_id


def listing(kit: Kit) -> Sequence[tuple[str, str, datetime]]:
    """Id, reason and time of each mail, oldest first."""
    with kit.database.reading() as tx:
        return quarantined.listing(tx)


def read(kit: Kit, quarantine_id: str) -> bytes:
    """The mail as it came; the audit log says so. Raises NotFound."""
    with kit.database.transaction() as tx:
        sealed = quarantined.sealed(tx, quarantine_id)
        if sealed is None:
            raise NotFound(_GONE)
        words = f"quarantine {quarantine_id}"
        audit.add(tx, Act(OPERATOR, "open", reason=words), kit.clock.now())
        return kit.vault.open(sealed, quarantined.place(quarantine_id))


def erase(kit: Kit, quarantine_id: str) -> None:
    """Raises NotFound."""
    with kit.database.transaction() as tx:
        if not quarantined.erase(tx, quarantine_id):
            raise NotFound(_GONE)
