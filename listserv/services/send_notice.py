"""Puts mail of our own to one person into the queue, sealed."""

from listserv.domain import jobs
from listserv.services.kit import Kit
from listserv.store import notices
from listserv.store.transaction import Transaction


def send_notice(kit: Kit, tx: Transaction, kind: str, recipient: str, content: bytes) -> str:
    """content: the whole mail as it goes over the wire. It is sent with the null return path,
    so that a bounce of it comes back to nobody (RFC 3834 §3.3). Returns the notice's id."""
    notice_id = kit.randomness.token()
    notices.add(
        tx,
        notice_id,
        kind,
        kit.vault.seal(recipient.encode(), notices.place("sealed_recipient", notice_id)),
        kit.vault.seal(content, notices.place("sealed_content", notice_id)),
        kit.clock.now(),
    )
    tx.ring(jobs.deliver_notices())
    return notice_id
