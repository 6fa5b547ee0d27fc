"""Queries about built digests: written by one worker, kept sealed for all that send them."""

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, or_, select

from listserv.store.tables import BuiltDigestRow, DigestDeliveryRow, DigestRow
from listserv.store.transaction import Transaction

# So long after it was built, copies that are not due are not waited for.
KEPT = timedelta(hours=1)


def place(digest_id: int) -> str:
    return f"built_digests.sealed_content:{digest_id}"


def is_kept(tx: Transaction, digest_id: int) -> bool:
    query = select(BuiltDigestRow.id).where(BuiltDigestRow.id == digest_id)
    return tx.session.scalar(query) is not None


def sealed(tx: Transaction, digest_id: int, made_from: bytes) -> bytes | None:
    """None where it was not built, or from something else."""
    query = select(BuiltDigestRow.sealed_content).where(
        BuiltDigestRow.id == digest_id, BuiltDigestRow.made_from == made_from
    )
    return tx.session.scalar(query)


def keep(  # what it is, and since when
    tx: Transaction, digest_id: int, made_from: bytes, content: bytes, now: datetime
) -> None:
    """In place of an older one. content: sealed for `place`."""
    tx.session.execute(delete(BuiltDigestRow).where(BuiltDigestRow.id == digest_id))
    tx.session.add(
        BuiltDigestRow(id=digest_id, made_from=made_from, sealed_content=content, built_at=now)
    )


def forget(tx: Transaction, list_id: int, first: int, last: int) -> None:
    """Erases those that may have a post with one of these numbers in them."""
    having = (
        select(BuiltDigestRow.id)
        .join(DigestRow, DigestRow.id == BuiltDigestRow.id)
        .where(DigestRow.list_id == list_id, DigestRow.after < last, DigestRow.upto >= first)
        .order_by(BuiltDigestRow.id)
        .with_for_update(of=BuiltDigestRow)
    )
    ids = tx.session.scalars(having).all()
    tx.session.execute(delete(BuiltDigestRow).where(BuiltDigestRow.id.in_(ids)))


def erase_finished(tx: Transaction, now: datetime) -> None:
    """Forgets what nobody is to get any more, or not for a while.

    In a transaction of its own: together with other locks it could stand crosswise to `forget`.
    """
    needed = exists().where(
        DigestDeliveryRow.digest_id == BuiltDigestRow.id,
        DigestDeliveryRow.attempt_at.is_not(None),
        or_(BuiltDigestRow.built_at >= now - KEPT, DigestDeliveryRow.attempt_at <= now),
    )
    finished = select(BuiltDigestRow.id).where(~needed).with_for_update(skip_locked=True)
    ids = tx.session.scalars(finished).all()
    tx.session.execute(delete(BuiltDigestRow).where(BuiltDigestRow.id.in_(ids)))
