"""Keeps a mail that broke us, sealed, so that nothing is lost silently."""

from listserv.services.kit import Kit
from listserv.store import quarantine as quarantined


def quarantine(kit: Kit, reason: str, raw: bytes) -> str:
    """Returns the id under which the operator finds it. reason: a word of ours or a class name."""
    quarantine_id = kit.randomness.token()
    sealed = kit.vault.seal(raw, quarantined.place(quarantine_id))
    with kit.database.transaction() as tx:
        quarantined.add(tx, quarantine_id, reason[:64], sealed, kit.clock.now())
    return quarantine_id
