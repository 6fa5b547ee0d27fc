"""Queries about what moderators decided, and the tokens by which they do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, func, select

from listserv.domain.held import Ruled, Ruling
from listserv.store.tables import HeldTokenRow, ModerationRoundRow, RulingRow, SubscriptionRow
from listserv.store.transaction import Transaction


def add(  # one decision
    tx: Transaction,
    list_id: int,
    post_id: int,
    author_id: int | None,
    moderator_id: int | None,
    ruling: Ruling,
    now: datetime,
) -> None:
    tx.session.add(
        RulingRow(
            list_id=list_id,
            post_id=post_id,
            author_id=author_id,
            moderator_id=moderator_id,
            ruling=ruling,
            decided_at=now,
        )
    )
    tx.session.flush()


def of_post(tx: Transaction, list_id: int, post_id: int) -> Ruled | None:
    """What became of it."""
    row = tx.session.execute(
        _with_handle()
        .where(RulingRow.list_id == list_id, RulingRow.post_id == post_id)
        .order_by(RulingRow.id.desc())
    ).first()
    return _value(*row) if row else None


def of_author(tx: Transaction, author_id: int, limit: int = 10) -> Sequence[Ruled]:
    """The last ones about this member's posts, newest first."""
    query = _with_handle().where(RulingRow.author_id == author_id)
    rows = tx.session.execute(query.order_by(RulingRow.id.desc()).limit(limit))
    return [_value(*row) for row in rows]


def of_authors(
    tx: Transaction, author_ids: Sequence[int], limit: int = 10
) -> dict[int, tuple[Ruled, ...]]:
    """The same of several at once."""
    order = func.row_number().over(partition_by=RulingRow.author_id, order_by=RulingRow.id.desc())
    newest = select(RulingRow.id, order.label("place")).where(RulingRow.author_id.in_(author_ids))
    wanted = newest.subquery()
    query = _with_handle().join(wanted, wanted.c.id == RulingRow.id).where(wanted.c.place <= limit)
    found: dict[int, tuple[Ruled, ...]] = {}
    for row, handle in tx.session.execute(query.order_by(RulingRow.id.desc())):
        author = row.author_id or 0
        found[author] = (*found.get(author, ()), _value(row, handle))
    return found


@dataclass(frozen=True)
class HeldToken:
    """purpose: "decide" for a moderator, "withdraw" for the author."""

    purpose: str
    list_id: int
    post_id: int
    subscription_id: int


def add_token(tx: Transaction, token_hash: bytes, token: HeldToken, expires_at: datetime) -> None:
    tx.session.add(HeldTokenRow(token_hash=token_hash, expires_at=expires_at, **vars(token)))


def token(tx: Transaction, token_hash: bytes, now: datetime) -> HeldToken | None:
    row = tx.session.get(HeldTokenRow, token_hash)
    if row is None or row.expires_at <= now:
        return None
    return HeldToken(row.purpose, row.list_id, row.post_id, row.subscription_id)


def erase_expired_tokens(tx: Transaction, now: datetime) -> None:
    tx.session.execute(delete(HeldTokenRow).where(HeldTokenRow.expires_at < now))


def round_is_due(tx: Transaction, list_id: int, before: datetime) -> bool:
    """Whether the moderators of a list were last told of all that waits before then."""
    row = tx.session.scalar(
        select(ModerationRoundRow).where(ModerationRoundRow.list_id == list_id).with_for_update()
    )
    return row is None or row.told_at <= before


def round_done(tx: Transaction, list_id: int, now: datetime) -> None:
    tx.session.merge(ModerationRoundRow(list_id=list_id, told_at=now))
    tx.session.flush()


def _with_handle() -> Select[RulingRow, str]:
    return select(RulingRow, SubscriptionRow.handle).outerjoin(
        SubscriptionRow, SubscriptionRow.id == RulingRow.moderator_id
    )


def _value(row: RulingRow, handle: str | None) -> Ruled:
    return Ruled(row.post_id, Ruling(row.ruling), handle or "", row.decided_at)
