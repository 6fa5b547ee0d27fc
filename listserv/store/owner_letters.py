"""Queries about mail that went through `-owner`: where an answer to it goes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select

from listserv.domain.language import Language
from listserv.store.tables import OwnerLetterRow
from listserv.store.transaction import Transaction


class Side(StrEnum):
    """Who answers with the token of a letter; the value is stored."""

    OWNERS = "owners"
    WRITER = "writer"


@dataclass(frozen=True)
class Letter:
    """sealed_address, handle: of who wrote to the owners first, for the place that `place` names.

    fingerprint: of the mail that it was made of; None for another letter of the same mail.
    """

    id: str
    token_hash: bytes = field(repr=False)
    list_id: int
    side: Side
    sealed_address: bytes = field(repr=False)
    handle: str
    language: Language
    fingerprint: bytes | None = field(repr=False)
    expires_at: datetime


def place(letter_id: str) -> str:
    return f"owner_letters.sealed_address:{letter_id}"


def add(tx: Transaction, letter: Letter) -> None:
    tx.session.add(OwnerLetterRow(**vars(letter)))
    tx.session.flush()


def with_token(tx: Transaction, list_id: int, token_hash: bytes, now: datetime) -> Letter | None:
    row = tx.session.scalar(
        select(OwnerLetterRow).where(
            OwnerLetterRow.token_hash == token_hash,
            OwnerLetterRow.list_id == list_id,
            OwnerLetterRow.expires_at > now,
        )
    )
    if row is None:
        return None
    return Letter(
        id=row.id,
        token_hash=row.token_hash,
        list_id=row.list_id,
        side=Side(row.side),
        sealed_address=row.sealed_address,
        handle=row.handle,
        language=Language(row.language),
        fingerprint=row.fingerprint,
        expires_at=row.expires_at,
    )


def known(tx: Transaction, list_id: int, fingerprint: bytes) -> bool:
    """Whether the very same mail went through already."""
    query = select(OwnerLetterRow.id).where(
        OwnerLetterRow.list_id == list_id, OwnerLetterRow.fingerprint == fingerprint
    )
    return tx.session.scalar(query.limit(1)) is not None


def sealed_addresses(tx: Transaction) -> Sequence[tuple[str, bytes]]:
    """The id of every letter, and the sealed address of its writer."""
    rows = tx.session.execute(select(OwnerLetterRow.id, OwnerLetterRow.sealed_address))
    return [(letter_id, sealed) for letter_id, sealed in rows]


def erase(tx: Transaction, letter_ids: Sequence[str]) -> None:
    tx.session.execute(delete(OwnerLetterRow).where(OwnerLetterRow.id.in_(letter_ids)))


def erase_expired(tx: Transaction, now: datetime) -> None:
    tx.session.execute(delete(OwnerLetterRow).where(OwnerLetterRow.expires_at < now))
