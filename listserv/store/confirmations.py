"""Queries about confirmations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from listserv.domain.language import Language
from listserv.store.tables import ConfirmationRow
from listserv.store.transaction import Transaction


@dataclass(frozen=True)
class Confirmation:
    """A question that waits for its answer.

    list_id: None for a question about the person. details: what would be done,
    without any address.
    """

    id: str
    token_hash: bytes = field(repr=False)
    purpose: str
    list_id: int | None
    lookup: bytes = field(repr=False)
    sealed_address: bytes = field(repr=False)
    created_at: datetime
    expires_at: datetime
    details: Mapping[str, Any] = field(default_factory=dict)
    language: Language = Language.ENGLISH


def place(confirmation_id: str) -> str:
    return f"confirmations.sealed_address:{confirmation_id}"


def add(tx: Transaction, confirmation: Confirmation) -> None:
    tx.session.add(
        ConfirmationRow(
            id=confirmation.id,
            token_hash=confirmation.token_hash,
            purpose=confirmation.purpose,
            list_id=confirmation.list_id,
            lookup=confirmation.lookup,
            sealed_address=confirmation.sealed_address,
            created_at=confirmation.created_at,
            expires_at=confirmation.expires_at,
            details=dict(confirmation.details),
            language=confirmation.language,
        )
    )


def peek(tx: Transaction, token_hash: bytes, now: datetime) -> Confirmation | None:
    """The open question that this token answers."""
    row = tx.session.scalar(
        select(ConfirmationRow).where(
            ConfirmationRow.token_hash == token_hash,
            ConfirmationRow.used_at.is_(None),
            ConfirmationRow.expires_at > now,
        )
    )
    return _value(row) if row else None


def use(tx: Transaction, token_hash: bytes, now: datetime) -> Confirmation | None:
    """The same, and closes it: of many who ask at once, one gets it."""
    row = tx.session.scalar(
        update(ConfirmationRow)
        .where(
            ConfirmationRow.token_hash == token_hash,
            ConfirmationRow.used_at.is_(None),
            ConfirmationRow.expires_at > now,
        )
        .values(used_at=now)
        .returning(ConfirmationRow)
    )
    return _value(row) if row else None


def known(tx: Transaction, token_hash: bytes) -> Confirmation | None:
    """The question of a token, open or not."""
    row = tx.session.scalar(select(ConfirmationRow).where(ConfirmationRow.token_hash == token_hash))
    return _value(row) if row else None


def answered_pair(tx: Transaction, purpose: str, pair: str) -> Confirmation | None:
    """The other question of a pair, if it was answered yes; None while it was not."""
    row = tx.session.scalar(
        select(ConfirmationRow).where(
            ConfirmationRow.purpose == purpose,
            ConfirmationRow.details["pair"].as_string() == pair,
            ConfirmationRow.used_at.is_not(None),
        )
    )
    return _value(row) if row else None


def close_all_of(tx: Transaction, lookups: Sequence[bytes], member_id: str) -> None:
    """Erases every question to these addresses, and those about a move of that member, which
    may be to others."""
    about = ConfirmationRow.details["member"].as_string() == member_id
    tx.session.execute(delete(ConfirmationRow).where(ConfirmationRow.lookup.in_(lookups) | about))


def stand_in_line(tx: Transaction, lookup: bytes) -> None:
    """One question to an address at a time, so that counting them is exact.

    SQLite has one writer anyway; PostgreSQL gets an advisory lock, which ends
    with the transaction.
    """
    if tx.session.get_bind().dialect.name == "postgresql":
        key = int.from_bytes(lookup[:8], "big", signed=True)
        tx.session.execute(select(func.pg_advisory_xact_lock(key)))


def asked_since(
    tx: Transaction,
    purpose: str,
    list_id: int | None,
    since: datetime,
    lookups: Sequence[bytes] = (),
) -> int:
    """How many such questions the list asked since then, of these addresses or of anyone."""
    query = select(func.count()).where(
        ConfirmationRow.purpose == purpose,
        ConfirmationRow.list_id.is_(None)
        if list_id is None
        else ConfirmationRow.list_id == list_id,
        ConfirmationRow.created_at > since,
    )
    if lookups:
        query = query.where(ConfirmationRow.lookup.in_(lookups))
    return tx.session.scalar(query) or 0


def mailed_since(tx: Transaction, since: datetime, lookups: Sequence[bytes]) -> int:
    """How many questions of any kind and list went to these addresses since then."""
    query = select(func.count()).where(
        ConfirmationRow.lookup.in_(lookups), ConfirmationRow.created_at > since
    )
    return tx.session.scalar(query) or 0


def erase_expired(tx: Transaction, before: datetime) -> None:
    tx.session.execute(delete(ConfirmationRow).where(ConfirmationRow.expires_at < before))


def _value(row: ConfirmationRow) -> Confirmation:
    return Confirmation(
        id=row.id,
        token_hash=row.token_hash,
        purpose=row.purpose,
        list_id=row.list_id,
        lookup=row.lookup,
        sealed_address=row.sealed_address,
        created_at=row.created_at,
        expires_at=row.expires_at,
        details=row.details,
        language=Language(row.language),
    )
