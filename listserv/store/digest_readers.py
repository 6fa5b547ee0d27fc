"""Queries about readers of digests: how far each has read, and whose digest is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, update

from listserv.domain.digest import (
    FURTHEST,
    FURTHEST_DAILY,
    Reading,
    Stream,
    Variant,
    Window,
    next_due,
    stream_of,
)
from listserv.domain.language import Language
from listserv.domain.subscription import DeliveryMode, DigestFormat, SubscriptionState
from listserv.store import digest_order
from listserv.store.tables import MemberRow, PostRow, SubscriptionRow
from listserv.store.transaction import Transaction


@dataclass(frozen=True)
class Reader:
    """A subscription as far as digests go. due_next: the next time that suits the member."""

    subscription_id: int
    list_id: int
    stream: Stream
    reading: Reading
    variant: Variant
    due_next: datetime

    def due_after_change(self, now: datetime) -> datetime:
        """One that should have come already is not put off by a change."""
        due = self.reading.due
        return due if due is not None and due <= now else self.due_next


@dataclass(frozen=True)
class Pending:
    """Somebody's next digest, as it would be now."""

    list_id: int
    language: Language
    window: Window
    due: datetime | None


def read(tx: Transaction, subscription_id: int, now: datetime) -> Reader:
    query = _readers().where(SubscriptionRow.id == subscription_id)
    return _as_reader(tx.session.execute(query).one(), now)


def pending(tx: Transaction, subscription_id: int, now: datetime) -> Pending:
    """What the next digest of a subscription would hold."""
    reader = read(tx, subscription_id, now)
    newest = digest_order.newest(tx, reader.list_id)
    end = reader.reading.upto if reader.reading.due is None else newest
    window = Window(reader.reading.mark, reader.reading.mark if end is None else end)
    return Pending(reader.list_id, reader.variant.language, window, reader.reading.due)


def lists_due(tx: Transaction, now: datetime) -> Sequence[int]:
    """Ids of the lists that have somebody whose digest is due by the clock."""
    query = select(SubscriptionRow.list_id).where(_due_by_clock(now)).distinct()
    return tx.session.scalars(query).all()


def full_marks(
    tx: Transaction, list_id: int, most_posts: int | None, most_kb: int | None
) -> Sequence[int]:
    """Marks of readers for whom that many posts, or kilobytes of text, have come together."""
    marks = (
        select(SubscriptionRow.digest_mark)
        .where(SubscriptionRow.list_id == list_id, SubscriptionRow.next_digest_at.is_not(None))
        .distinct()
        .subquery()
    )
    limits: list[ColumnElement[bool]] = []
    if most_posts is not None:
        limits.append(func.count() >= most_posts)
    if most_kb is not None:
        limits.append(func.sum(func.length(PostRow.text)) >= most_kb * 1024)
    if not limits:
        return []
    query = (
        select(marks.c.digest_mark)
        .join(PostRow, and_(PostRow.list_id == list_id, PostRow.sequence > marks.c.digest_mark))
        .group_by(marks.c.digest_mark)
        .having(or_(*limits))
    )
    return tx.session.scalars(query).all()


def due(
    tx: Transaction, list_id: int, now: datetime, full: Sequence[int], limit: int
) -> Sequence[Reader]:
    """Some of those whose digest is due, by the clock or because their mark is a full one.

    They are locked: who takes a break or leaves at this moment is not written
    over. Somebody whose row another transaction holds has their turn later.
    """
    query = _readers().where(
        SubscriptionRow.list_id == list_id,
        or_(
            _due_by_clock(now),
            and_(
                SubscriptionRow.next_digest_at.is_not(None), SubscriptionRow.digest_mark.in_(full)
            ),
        ),
    )
    return _take(tx, query, now, limit)


def behind(  # whose, and since when
    tx: Transaction,
    list_id: int,
    modes: Iterable[DeliveryMode],
    newest: int,
    now: datetime,
    limit: int,
) -> Sequence[Reader]:
    """Some of those who read digests in one of these ways and have not had the newest post.

    Locked as in `due`.
    """
    query = _readers().where(
        SubscriptionRow.list_id == list_id,
        SubscriptionRow.next_digest_at.is_not(None),
        SubscriptionRow.delivery.in_(list(modes)),
        SubscriptionRow.digest_mark < newest,
    )
    return _take(tx, query, now, limit)


def move_on(tx: Transaction, readers: Sequence[Reader], newest: int) -> None:
    """They have had everything up to that number; each gets the next one at their own time."""
    by_time: dict[datetime, list[int]] = {}
    for reader in readers:
        by_time.setdefault(reader.due_next, []).append(reader.subscription_id)
    for at, ids in by_time.items():
        write(tx, ids, Reading(newest, None, at))


def write(tx: Transaction, subscription_ids: Sequence[int], reading: Reading) -> None:
    tx.session.execute(
        update(SubscriptionRow)
        .where(SubscriptionRow.id.in_(subscription_ids))
        .values(digest_mark=reading.mark, digest_upto=reading.upto, next_digest_at=reading.due)
        .execution_options(synchronize_session=False)
    )


def _due_by_clock(now: datetime) -> ColumnElement[bool]:
    # One that is set too far ahead was set while the clock was wrong.
    at, daily = SubscriptionRow.next_digest_at, SubscriptionRow.delivery == DeliveryMode.DAILY
    too_far = and_(daily, at > now + FURTHEST_DAILY)
    return or_(at <= now, at > now + FURTHEST, too_far)


_COLUMNS = (
    SubscriptionRow.id,
    SubscriptionRow.list_id,
    SubscriptionRow.state,
    SubscriptionRow.delivery,
    SubscriptionRow.digest_format,
    SubscriptionRow.digest_hour,
    SubscriptionRow.digest_mark,
    SubscriptionRow.digest_upto,
    SubscriptionRow.next_digest_at,
    MemberRow.language,
    MemberRow.time_zone,
)


def _readers() -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).outerjoin(MemberRow, MemberRow.id == SubscriptionRow.member_id)


def _take(
    tx: Transaction, query: Select[*tuple[Any, ...]], now: datetime, limit: int
) -> Sequence[Reader]:
    # Those who share a digest stand together, so that their copies are sent in a row.
    order = SubscriptionRow.digest_mark, SubscriptionRow.digest_format, MemberRow.language
    query = query.order_by(*order, SubscriptionRow.id).limit(limit)
    # Some hold their row and wait for the order of the list, so nobody waits here.
    query = query.with_for_update(of=SubscriptionRow, skip_locked=True)
    return [_as_reader(row, now) for row in tx.session.execute(query)]


def _as_reader(row: Row[Any], now: datetime) -> Reader:
    delivery = DeliveryMode(row.delivery)
    zone = ZoneInfo(row.time_zone or "UTC")
    return Reader(
        row.id,
        row.list_id,
        stream_of(SubscriptionState(row.state), delivery),
        Reading(row.digest_mark, row.digest_upto, row.next_digest_at),
        Variant(DigestFormat(row.digest_format), Language(row.language or Language.ENGLISH)),
        next_due(delivery, row.digest_hour, zone, now),
    )
