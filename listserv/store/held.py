"""Queries about posts that wait: for a moderator, or for their author's yes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, delete, func, select, update

from listserv.domain import traits
from listserv.domain.decision import Reason
from listserv.domain.errors import NotFound
from listserv.domain.held import Told
from listserv.domain.post import HeldPost, Post, PostState
from listserv.domain.reasons import OF_THE_MEMBER, OTHER, PRIVATE
from listserv.domain.traits import Traits
from listserv.store import posts
from listserv.store.tables import HeldPostRow, PostRow
from listserv.store.transaction import Transaction

# As `HeldPost.shown_reason` has it.
_SHOWN_REASON = case(
    (and_(PostRow.one_time, HeldPostRow.reason.in_(OF_THE_MEMBER)), OTHER),
    else_=HeldPostRow.reason,
)


def add(  # what is known of a post that waits
    tx: Transaction, post_id: int, reason: Reason, of: Traits, asked: bool, now: datetime
) -> None:
    """asked: its author is, and no moderator sees it before they say yes."""
    tx.session.add(
        HeldPostRow(
            post_id=post_id,
            reason=reason.code,
            detail=reason.detail,
            traits=of.as_json(),
            asked=asked,
            told=Told.NOBODY,
            held_at=now,
        )
    )
    tx.session.flush()


def get(tx: Transaction, list_id: int, post_id: int) -> HeldPost | None:
    """One that moderators may see."""
    row = tx.session.execute(_waiting(list_id).where(PostRow.id == post_id)).first()
    return _value(*row) if row else None


@dataclass(frozen=True)
class Filters:
    """Which of them to show; "" and None for all."""

    reason: str = ""
    author_id: int | None = None


EVERYTHING = Filters()


def page(
    tx: Transaction,
    list_id: int,
    filters: Filters = EVERYTHING,
    offset: int = 0,
    limit: int | None = None,
) -> Sequence[HeldPost]:
    """What moderators may see, oldest first."""
    query = _filtered(_waiting(list_id), filters).order_by(HeldPostRow.held_at, PostRow.id)
    return [_value(*row) for row in tx.session.execute(query.offset(offset).limit(limit))]


def heads(
    tx: Transaction, list_id: int, filters: Filters, offset: int, limit: int
) -> Sequence[HeldPost]:
    """The same without attachments, in one query."""
    query = _filtered(_waiting(list_id), filters).order_by(HeldPostRow.held_at, PostRow.id)
    return [_head(row, post) for row, post in tx.session.execute(query.offset(offset).limit(limit))]


def following(tx: Transaction, list_id: int, post_id: int) -> int | None:
    """The next one that moderators may see, else the first."""
    ids = _waiting(list_id).with_only_columns(PostRow.id).order_by(PostRow.id)
    later = tx.session.scalar(ids.where(PostRow.id > post_id).limit(1))
    return later or tx.session.scalar(ids.limit(1))


def preceding(tx: Transaction, list_id: int, post_id: int) -> int | None:
    """The one before it that moderators may see, else the last."""
    ids = _waiting(list_id).with_only_columns(PostRow.id).order_by(PostRow.id.desc())
    earlier = tx.session.scalar(ids.where(PostRow.id < post_id).limit(1))
    return earlier or tx.session.scalar(ids.limit(1))


def reasons_on(tx: Transaction, list_id: int) -> Sequence[tuple[str, int]]:
    """Why posts wait that moderators may see: how many for each reason, most first."""
    each = _waiting(list_id).with_only_columns(_SHOWN_REASON.label("reason")).subquery()
    number = func.count()
    query = select(each.c.reason, number).group_by(each.c.reason)
    rows = tx.session.execute(query.order_by(number.desc(), each.c.reason))
    return [(reason, found) for reason, found in rows]


def count_on(tx: Transaction, list_id: int, filters: Filters = EVERYTHING) -> int:
    """How many of a list moderators may see."""
    query = select(func.count()).select_from(_filtered(_waiting(list_id), filters).subquery())
    return tx.session.scalar(query) or 0


def count(tx: Transaction) -> int:
    """How many wait on all lists, for whomever."""
    return tx.session.scalar(select(func.count()).select_from(HeldPostRow)) or 0


def count_of_author(tx: Transaction, author_id: int) -> int:
    query = select(func.count()).select_from(HeldPostRow).join(PostRow)
    return tx.session.scalar(query.where(PostRow.author_id == author_id)) or 0


def of_author(tx: Transaction, author_id: int, limit: int) -> Sequence[tuple[HeldPost, bool]]:
    """What of theirs waits, newest first, without files, and whether for their own yes."""
    query = (
        select(HeldPostRow, PostRow)
        .join(PostRow, PostRow.id == HeldPostRow.post_id)
        .where(PostRow.author_id == author_id)
        .order_by(PostRow.id.desc())
        .limit(limit)
    )
    return [(_head(row, post), row.asked) for row, post in tx.session.execute(query)]


def is_of(tx: Transaction, post_id: int, author_id: int) -> bool:
    """Whether it waits, and is theirs."""
    query = select(PostRow.author_id).join(HeldPostRow, HeldPostRow.post_id == PostRow.id)
    return tx.session.scalar(query.where(PostRow.id == post_id)) == author_id


def release(tx: Transaction, list_id: int, post_id: int, now: datetime) -> Post:
    """Accepts a post that waits. Raises NotFound when it does not (any more)."""
    row = _take(tx, list_id, post_id)
    row.state = PostState.ACCEPTED
    row.accepted_at = now
    tx.session.flush()
    return posts.value(row)


def drop(tx: Transaction, list_id: int, post_id: int) -> Post:
    """Erases a post that waits, and returns it without its files, which many at once would fill
    the memory with. Raises NotFound when it does not wait (any more)."""
    row = _take(tx, list_id, post_id)
    post = posts.without_files(row)
    tx.session.delete(row)
    tx.session.flush()
    return post


def asked_of(tx: Transaction, author_id: int) -> Sequence[tuple[Post, Traits]]:
    """What waits for this author's yes, oldest first, locked."""
    return _asked(tx, author_id, HeldPostRow.reason != PRIVATE)


def private_of(tx: Transaction, author_id: int, post_id: int) -> tuple[Post, Traits] | None:
    """One that waits for its author's second thought, locked."""
    found = _asked(tx, author_id, PostRow.id == post_id, HeldPostRow.reason == PRIVATE)
    return found[0] if found else None


def _asked(
    tx: Transaction, author_id: int, *which: ColumnElement[bool]
) -> Sequence[tuple[Post, Traits]]:
    rows = tx.session.execute(
        select(PostRow, HeldPostRow.traits)
        .join(HeldPostRow, HeldPostRow.post_id == PostRow.id)
        .where(PostRow.author_id == author_id, HeldPostRow.asked, *which)
        .order_by(PostRow.id)
        .with_for_update()
    )
    return [(posts.value(row), traits.from_json(kept)) for row, kept in rows]


def own_of(tx: Transaction, list_id: int, post_id: int) -> HeldPost | None:
    """One that its author is asked about, and moderators do not see."""
    row = tx.session.execute(
        select(HeldPostRow, PostRow)
        .join(PostRow, PostRow.id == HeldPostRow.post_id)
        .where(PostRow.list_id == list_id, PostRow.id == post_id, HeldPostRow.reason == PRIVATE)
    ).first()
    return _value(*row) if row else None


def authors_to_ask(tx: Transaction, before: datetime, limit: int) -> Sequence[int]:
    """Authors whose yes something waits for since then, and no question went out for it."""
    query = (
        select(PostRow.author_id)
        .join(HeldPostRow, HeldPostRow.post_id == PostRow.id)
        .where(
            HeldPostRow.asked,
            HeldPostRow.reason != PRIVATE,
            HeldPostRow.told == Told.NOBODY,
            HeldPostRow.held_at < before,
        )
    )
    found = tx.session.scalars(query.distinct().limit(limit))
    return [author_id for author_id in found if author_id is not None]


def author_asked(tx: Transaction, author_id: int, now: datetime) -> None:
    """A question went out that stands for all that waits for this author's yes."""
    theirs = select(PostRow.id).where(PostRow.author_id == author_id)
    tx.session.execute(
        update(HeldPostRow)
        .where(HeldPostRow.asked, HeldPostRow.post_id.in_(theirs))
        .values(told=Told.MODERATORS, told_at=now)
        .execution_options(synchronize_session="fetch")
    )


def show(tx: Transaction, post_id: int, reason: Reason, now: datetime) -> None:
    """Its author said yes, and now it waits for a moderator, or for their second thought."""
    tx.session.execute(
        update(HeldPostRow)
        .where(HeldPostRow.post_id == post_id)
        .values(
            asked=reason.code == PRIVATE,
            reason=reason.code,
            detail=reason.detail,
            held_at=now,
            told=Told.NOBODY,
            told_at=None,
        )
        .execution_options(synchronize_session="fetch")
    )


def to_tell(tx: Transaction, limit: int) -> Sequence[int]:
    """Ids of posts that wait for a moderator, and nobody was told of yet."""
    query = select(HeldPostRow.post_id).where(~HeldPostRow.asked, HeldPostRow.told == Told.NOBODY)
    return tx.session.scalars(query.order_by(HeldPostRow.post_id).limit(limit)).all()


def untold(tx: Transaction, post_id: int) -> HeldPost | None:
    """One of those; None when it was told of meanwhile, or is decided."""
    row = tx.session.scalar(_untold(post_id))
    post = tx.session.get(PostRow, post_id) if row else None
    return _value(row, post) if row and post else None


def take_to_tell(tx: Transaction, post_id: int) -> bool:
    """Locks one of those; False when another worker tells of it, or it is decided."""
    return tx.session.scalar(_untold(post_id).with_for_update(skip_locked=True)) is not None


def told(tx: Transaction, post_id: int, level: Told, now: datetime) -> None:
    tx.session.execute(
        update(HeldPostRow)
        .where(HeldPostRow.post_id == post_id)
        .values(told=level, told_at=now)
        .execution_options(synchronize_session="fetch")
    )


def told_of_all(tx: Transaction, list_id: int, level: Told, now: datetime) -> int:
    """The same of everything on a list that nobody was told of yet; says how many there were."""
    on_list = select(PostRow.id).where(PostRow.list_id == list_id)
    ids = tx.session.scalars(
        update(HeldPostRow)
        .where(
            ~HeldPostRow.asked,
            HeldPostRow.told == Told.NOBODY,
            HeldPostRow.post_id.in_(on_list),
        )
        .values(told=level, told_at=now)
        .returning(HeldPostRow.post_id)
        .execution_options(synchronize_session=False)
    ).all()
    return len(ids)


def told_since(tx: Transaction, list_id: int, since: datetime) -> int:
    """Of how many posts of a list somebody was told since then, of those that still wait."""
    query = select(func.count()).select_from(HeldPostRow).join(PostRow)
    found = tx.session.scalar(query.where(PostRow.list_id == list_id, HeldPostRow.told_at > since))
    return found or 0


def overdue(tx: Transaction, before: datetime) -> Sequence[tuple[int, Told]]:
    """Lists with posts that wait for an answer since then, and who was asked for it."""
    query = (
        select(PostRow.list_id, HeldPostRow.told)
        .join(HeldPostRow, HeldPostRow.post_id == PostRow.id)
        .where(_overdue(before))
        .distinct()
    )
    return [(list_id, Told(level)) for list_id, level in tx.session.execute(query)]


def raise_overdue(  # which of them, and what they become
    tx: Transaction, list_id: int, level: Told, following: Told, before: datetime, now: datetime
) -> int:
    """Word of them goes to the next; says how many there were."""
    on_list = select(PostRow.id).where(PostRow.list_id == list_id)
    ids = tx.session.scalars(
        update(HeldPostRow)
        .where(_overdue(before), HeldPostRow.told == level, HeldPostRow.post_id.in_(on_list))
        .values(told=following, told_at=now)
        .returning(HeldPostRow.post_id)
        .execution_options(synchronize_session=False)
    ).all()
    return len(ids)


def lists_with_any(tx: Transaction, before: datetime) -> Sequence[int]:
    """Lists on which something waits since then, for whomever."""
    query = select(PostRow.list_id).join(HeldPostRow, HeldPostRow.post_id == PostRow.id)
    return tx.session.scalars(query.where(HeldPostRow.held_at < before).distinct()).all()


def expired(tx: Transaction, list_id: int, before: datetime, limit: int) -> Sequence[int]:
    """Ids of posts of a list that came before then, and still wait for whatever."""
    query = (
        select(PostRow.id)
        .join(HeldPostRow, HeldPostRow.post_id == PostRow.id)
        .where(PostRow.list_id == list_id, HeldPostRow.held_at < before)
        .order_by(PostRow.id)
    )
    return tx.session.scalars(query.limit(limit)).all()


def is_asked(tx: Transaction, post_id: int) -> bool:
    query = select(HeldPostRow.asked).where(HeldPostRow.post_id == post_id)
    return bool(tx.session.scalar(query))


def _untold(post_id: int) -> Select[HeldPostRow]:
    return select(HeldPostRow).where(
        HeldPostRow.post_id == post_id, ~HeldPostRow.asked, HeldPostRow.told == Told.NOBODY
    )


def _waiting(list_id: int) -> Select[HeldPostRow, PostRow]:
    return (
        select(HeldPostRow, PostRow)
        .join(PostRow, PostRow.id == HeldPostRow.post_id)
        .where(PostRow.list_id == list_id, PostRow.state == PostState.HELD, ~HeldPostRow.asked)
    )


def _filtered(
    query: Select[HeldPostRow, PostRow], filters: Filters
) -> Select[HeldPostRow, PostRow]:
    if filters.reason:
        query = query.where(_SHOWN_REASON.in_([filters.reason]))
    if filters.author_id is not None:
        # A name for one conversation does not tell whose it is.
        query = query.where(PostRow.author_id == filters.author_id, ~PostRow.one_time)
    return query


def _overdue(before: datetime) -> ColumnElement[bool]:
    return and_(
        ~HeldPostRow.asked,
        HeldPostRow.told.between(Told.MODERATORS, Told.OWNERS),
        HeldPostRow.told_at < before,
    )


def _take(tx: Transaction, list_id: int, post_id: int) -> PostRow:
    row = tx.session.scalar(
        select(PostRow)
        .where(PostRow.id == post_id, PostRow.list_id == list_id, PostRow.state == PostState.HELD)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound(f"No post {post_id} waits on this list. Someone may have decided already.")
    tx.session.execute(delete(HeldPostRow).where(HeldPostRow.post_id == post_id))
    return row


def _value(row: HeldPostRow, post: PostRow) -> HeldPost:
    return HeldPost(posts.value(post), row.reason, row.detail, row.held_at)


def _head(row: HeldPostRow, post: PostRow) -> HeldPost:
    return HeldPost(posts.without_files(post), row.reason, row.detail, row.held_at)
