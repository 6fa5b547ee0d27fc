"""The audit log: lines are added, never changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from listserv.domain.audit import BEGINNING, AuditLine, chained
from listserv.store.tables import AuditRow
from listserv.store.transaction import Transaction

# Any number: the same for every writer on one PostgreSQL, and no other lock of ours.
_LOCK = 7_281_903_413
_AT_ONCE = 1000


@dataclass(frozen=True)
class Act:
    """What somebody did. actor: a handle, or "operator"; reason: their words, no address."""

    actor: str
    action: str
    list_id: int | None = None
    subscription_id: int | None = None
    post_id: int | None = None
    reason: str = ""


def add(tx: Transaction, act: Act, now: datetime) -> None:
    """Adds a line to the chain. Writers stand in line until they commit, so call it last."""
    if tx.session.get_bind().dialect.name == "postgresql":
        tx.session.execute(select(func.pg_advisory_xact_lock(_LOCK)))
    last = tx.session.execute(
        select(AuditRow.id, AuditRow.hash).order_by(AuditRow.id.desc()).limit(1)
    ).first()
    line = AuditLine(
        id=(last.id if last else 0) + 1,
        at=now,
        actor=act.actor,
        action=act.action,
        list_id=act.list_id,
        subscription_id=act.subscription_id,
        post_id=act.post_id,
        reason=act.reason,
    )
    written = chained(last.hash if last else BEGINNING, line)
    tx.session.add(AuditRow(**vars(line), hash=written))
    tx.session.flush()


def lines(tx: Transaction) -> Iterator[tuple[AuditLine, bytes]]:
    """Every line with its hash, oldest first."""
    after = 0
    while some := _page(tx, after):
        yield from ((_value(row), row.hash) for row in some)
        after = some[-1].id
        tx.session.expunge_all()


def newest(tx: Transaction, list_id: int | None, limit: int) -> Sequence[AuditLine]:
    """The last lines, newest first; of one list, or of all."""
    query = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
    if list_id is not None:
        query = query.where(AuditRow.list_id == list_id)
    return [_value(row) for row in tx.session.scalars(query)]


def last_actor(tx: Transaction, subscription_id: int, actions: Sequence[str]) -> str:
    """Who did one of these to them last; "" for nobody."""
    query = select(AuditRow.actor).where(
        AuditRow.subscription_id == subscription_id, AuditRow.action.in_(actions)
    )
    return tx.session.scalar(query.order_by(AuditRow.id.desc()).limit(1)) or ""


def _page(tx: Transaction, after: int) -> Sequence[AuditRow]:
    query = select(AuditRow).where(AuditRow.id > after).order_by(AuditRow.id).limit(_AT_ONCE)
    return tx.session.scalars(query).all()


def _value(row: AuditRow) -> AuditLine:
    return AuditLine(
        id=row.id,
        at=row.at,
        actor=row.actor,
        action=row.action,
        list_id=row.list_id,
        subscription_id=row.subscription_id,
        post_id=row.post_id,
        reason=row.reason,
    )
