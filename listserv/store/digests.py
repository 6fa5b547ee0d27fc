"""Queries about digests: the order of a list's posts, who has read how far, and what is due.

Whatever depends on the order happens under one lock a list: a post gets its
number, somebody begins or ends to read digests, a digest is made. So each post
stands on one side of each of these, and no post is in two mails or in none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, insert, or_, select, update

from listserv.domain import jobs
from listserv.domain.delivery import DeliveryState
from listserv.domain.digest import (
    FURTHEST,
    FURTHEST_DAILY,
    Digest,
    Numbering,
    Reading,
    Stream,
    Variant,
    Window,
    next_due,
    number_on,
    stream_of,
    turn,
    volume_of,
)
from listserv.domain.language import Language
from listserv.domain.post import PostState
from listserv.domain.subscription import DeliveryMode, DigestFormat, SubscriptionState
from listserv.store.tables import (
    DigestDeliveryRow,
    DigestRow,
    MailingListRow,
    MemberRow,
    PostRow,
    SubscriptionRow,
)
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


def lock_order(tx: Transaction, list_id: int) -> int:
    """Keeps the order of that list for this transaction; the last number that was given."""
    query = select(MailingListRow.sequence).where(MailingListRow.id == list_id)
    # Rows that only refer to the list are written all the same.
    return tx.session.scalars(query.with_for_update(key_share=True)).one()


def next_number(tx: Transaction, list_id: int, now: datetime, most_posts: int | None = None) -> int:
    """Gives the next number of the list, and keeps its order for this transaction.

    most_posts: how many a digest waits for, where the list sets it.
    """
    number = lock_order(tx, list_id) + 1
    row = tx.session.get_one(MailingListRow, list_id, populate_existing=True)
    before = Numbering(row.volume, row.issue, row.issue_after, row.issue_ends)
    volume = volume_of(row.created_at, now)
    _number(tx, list_id, number, number_on(before, volume, number, most_posts, now))
    return number


def end_issue(tx: Transaction, list_id: int) -> None:
    """The next post begins a new one. The caller holds the order of the list."""
    query = update(MailingListRow).where(MailingListRow.id == list_id).values(issue_ends=None)
    tx.session.execute(query.execution_options(synchronize_session=False))


def _number(tx: Transaction, list_id: int, sequence: int, issue: Numbering) -> None:
    tx.session.execute(
        update(MailingListRow)
        .where(MailingListRow.id == list_id)
        .values(
            sequence=sequence,
            volume=issue.volume,
            issue=issue.number,
            issue_after=issue.after,
            issue_ends=issue.ends,
        )
        .execution_options(synchronize_session=False)
    )


def follow(tx: Transaction, subscription_id: int, now: datetime) -> None:
    """Brings the reading of a subscription in line with what was just written of it.

    What is owed to somebody who gets no more digests goes out as a last one.
    """
    reader = _reader(tx, subscription_id, now)
    if reader.reading.idle and reader.stream is not Stream.DIGEST:
        return
    if reader.stream in (Stream.DIGEST, Stream.NO_DIGEST):
        lock_order(tx, reader.list_id)
        reader = _reader(tx, subscription_id, now)
    newest = newest_number(tx, reader.list_id)
    reading, owed = turn(reader.reading, reader.stream, newest, reader.due_after_change(now))
    _write(tx, [subscription_id], reading)
    if owed:
        issue(tx, reader.list_id, reader.variant, owed, [subscription_id], now)


def follow_person(tx: Transaction, member_id: str, now: datetime) -> None:
    """The same for all subscriptions of a member, whose time zone is another now."""
    query = select(SubscriptionRow.id).where(
        SubscriptionRow.member_id == member_id, SubscriptionRow.next_digest_at.is_not(None)
    )
    for subscription_id in tx.session.scalars(query.order_by(SubscriptionRow.id)).all():
        follow(tx, subscription_id, now)


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
        _write(tx, ids, Reading(newest, None, at))


def issue(  # what to whom
    tx: Transaction,
    list_id: int,
    variant: Variant,
    window: Window,
    subscription_ids: Sequence[int],
    now: datetime,
) -> int:
    """Makes the digest, unless nothing is in it, and a copy for each; says how many copies.

    The caller holds the order of the list.
    """
    if not _any_post(tx, list_id, window):
        return 0
    digest_id = _find_or_make(tx, list_id, variant, window, now)
    tx.session.execute(
        insert(DigestDeliveryRow),
        [
            {
                "list_id": list_id,
                "digest_id": digest_id,
                "subscription_id": subscription_id,
                "state": DeliveryState.PENDING,
                "attempts": 0,
                "strikes": 0,
                "queued_at": now,
                "attempt_at": now,
                "status": "",
            }
            for subscription_id in subscription_ids
        ],
    )
    tx.ring(jobs.deliver_digests(list_id))
    return len(subscription_ids)


def newest_number(tx: Transaction, list_id: int) -> int:
    query = select(MailingListRow.sequence).where(MailingListRow.id == list_id)
    return tx.session.scalars(query).one()


def get(tx: Transaction, digest_id: int) -> Digest | None:
    row = tx.session.get(DigestRow, digest_id)
    if row is None:
        return None
    return Digest(
        row.id,
        row.list_id,
        Variant(DigestFormat(row.format), Language(row.language)),
        Window(row.after, row.upto),
        row.volume,
        row.number,
    )


def pending(tx: Transaction, subscription_id: int, now: datetime) -> Pending:
    """What the next digest of a subscription would hold."""
    reader = _reader(tx, subscription_id, now)
    newest = newest_number(tx, reader.list_id)
    end = reader.reading.upto if reader.reading.due is None else newest
    window = Window(reader.reading.mark, reader.reading.mark if end is None else end)
    return Pending(reader.list_id, reader.variant.language, window, reader.reading.due)


def current_issue(tx: Transaction, list_id: int) -> tuple[int, int]:
    """Volume and number of a digest that is made now."""
    query = select(MailingListRow.volume, MailingListRow.issue).where(MailingListRow.id == list_id)
    volume, number = tx.session.execute(query).one()
    return volume, number


def _find_or_make(
    tx: Transaction, list_id: int, variant: Variant, window: Window, now: datetime
) -> int:
    found = tx.session.scalar(
        select(DigestRow.id).where(
            DigestRow.list_id == list_id,
            DigestRow.upto == window.upto,
            DigestRow.after == window.after,
            DigestRow.format == variant.format,
            DigestRow.language == variant.language,
        )
    )
    if found is not None:
        return found
    volume, number = current_issue(tx, list_id)
    row = DigestRow(
        list_id=list_id,
        after=window.after,
        upto=window.upto,
        format=variant.format,
        language=variant.language,
        volume=volume,
        number=number,
        made_at=now,
    )
    tx.session.add(row)
    tx.session.flush()
    return row.id


def _any_post(tx: Transaction, list_id: int, window: Window) -> bool:
    """Whether a post of the window is still there."""
    query = exists().where(
        PostRow.list_id == list_id,
        PostRow.sequence > window.after,
        PostRow.sequence <= window.upto,
        PostRow.state == PostState.ACCEPTED,
    )
    return bool(tx.session.scalar(select(query)))


def _due_by_clock(now: datetime) -> ColumnElement[bool]:
    # One that is set too far ahead was set while the clock was wrong.
    at, daily = SubscriptionRow.next_digest_at, SubscriptionRow.delivery == DeliveryMode.DAILY
    too_far = and_(daily, at > now + FURTHEST_DAILY)
    return or_(at <= now, at > now + FURTHEST, too_far)


def _write(tx: Transaction, subscription_ids: Sequence[int], reading: Reading) -> None:
    tx.session.execute(
        update(SubscriptionRow)
        .where(SubscriptionRow.id.in_(subscription_ids))
        .values(digest_mark=reading.mark, digest_upto=reading.upto, next_digest_at=reading.due)
        .execution_options(synchronize_session=False)
    )


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


def _reader(tx: Transaction, subscription_id: int, now: datetime) -> Reader:
    query = _readers().where(SubscriptionRow.id == subscription_id)
    return _as_reader(tx.session.execute(query).one(), now)


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
