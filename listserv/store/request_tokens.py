"""Queries about the tokens by which moderators decide who joins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from listserv.domain.subscription import SubscriptionState
from listserv.store.tables import RequestTokenRow, SubscriptionRow
from listserv.store.transaction import Transaction


@dataclass(frozen=True)
class RequestToken:
    """newcomer_id, moderator_id: subscriptions of the list."""

    list_id: int
    newcomer_id: int
    moderator_id: int


def add(tx: Transaction, token_hash: bytes, token: RequestToken, expires_at: datetime) -> None:
    tx.session.add(RequestTokenRow(token_hash=token_hash, expires_at=expires_at, **vars(token)))


def get(tx: Transaction, token_hash: bytes, now: datetime) -> RequestToken | None:
    row = tx.session.get(RequestTokenRow, token_hash)
    if row is None or row.expires_at <= now:
        return None
    return RequestToken(row.list_id, row.newcomer_id, row.moderator_id)


def were_sent(tx: Transaction, newcomer_id: int) -> bool:
    """Whether moderators were told of this newcomer."""
    query = select(RequestTokenRow.newcomer_id).where(RequestTokenRow.newcomer_id == newcomer_id)
    return tx.session.scalar(query.limit(1)) is not None


def lists_with_requests(tx: Transaction) -> Sequence[int]:
    """Lists on which somebody waits to be let in."""
    query = select(SubscriptionRow.list_id).where(
        SubscriptionRow.state == SubscriptionState.WAITING
    )
    return tx.session.scalars(query.distinct()).all()


def erase_of(tx: Transaction, newcomer_id: int) -> None:
    tx.session.execute(delete(RequestTokenRow).where(RequestTokenRow.newcomer_id == newcomer_id))


def erase_expired(tx: Transaction, now: datetime) -> None:
    tx.session.execute(delete(RequestTokenRow).where(RequestTokenRow.expires_at < now))
