"""Queries about sign-ins under way."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, func, select, update

from listserv.store.tables import SignInRow
from listserv.store.transaction import Transaction

MOST_TRIES = 5


@dataclass(frozen=True)
class SignIn:
    """A link and a code that were mailed. member_id: None for somebody we do not know."""

    id: str
    token_hash: bytes = field(repr=False)
    code_hash: bytes = field(repr=False)
    lookup: bytes = field(repr=False)
    member_id: str | None
    created_at: datetime
    expires_at: datetime


def add(tx: Transaction, sign_in: SignIn) -> None:
    tx.session.add(
        SignInRow(
            id=sign_in.id,
            token_hash=sign_in.token_hash,
            code_hash=sign_in.code_hash,
            lookup=sign_in.lookup,
            member_id=sign_in.member_id,
            created_at=sign_in.created_at,
            expires_at=sign_in.expires_at,
        )
    )


def asked_since(tx: Transaction, lookups: Sequence[bytes], since: datetime) -> int:
    query = select(func.count()).where(SignInRow.lookup.in_(lookups), SignInRow.created_at > since)
    return tx.session.scalar(query) or 0


def by_token(tx: Transaction, token_hash: bytes, now: datetime) -> SignIn | None:
    """The open sign-in of a link. Changes nothing."""
    row = tx.session.scalar(
        select(SignInRow).where(SignInRow.token_hash == token_hash, _is_open(now))
    )
    return _value(row) if row else None


def try_code(tx: Transaction, sign_in_id: str, now: datetime) -> SignIn | None:
    """The open sign-in of a browser, one try the fewer; None when none are left."""
    row = tx.session.scalar(
        update(SignInRow)
        .where(SignInRow.id == sign_in_id, _is_open(now), SignInRow.tries < MOST_TRIES)
        .values(tries=SignInRow.tries + 1)
        .returning(SignInRow)
    )
    return _value(row) if row else None


def use(tx: Transaction, sign_in_id: str, now: datetime) -> bool:
    """Closes it: of many who ask at once, one is let in."""
    used = tx.session.execute(
        update(SignInRow)
        .where(SignInRow.id == sign_in_id, _is_open(now))
        .values(used_at=now)
        .returning(SignInRow.id)
    ).all()
    return bool(used)


def erase_expired(tx: Transaction, before: datetime) -> None:
    tx.session.execute(delete(SignInRow).where(SignInRow.expires_at < before))


def _is_open(now: datetime) -> ColumnElement[bool]:
    return and_(SignInRow.used_at.is_(None), SignInRow.expires_at > now)


def _value(row: SignInRow) -> SignIn:
    return SignIn(
        id=row.id,
        token_hash=row.token_hash,
        code_hash=row.code_hash,
        lookup=row.lookup,
        member_id=row.member_id,
        created_at=row.created_at,
        expires_at=row.expires_at,
    )
