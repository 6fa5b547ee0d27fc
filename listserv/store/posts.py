"""Queries about posts; those that wait are in `listserv.store.held` too."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, func, select, update

from listserv.domain.anonymous_message import AnonymousMessage, Attachment
from listserv.domain.post import MOST_REFERENCES, NewPost, Post, PostState, Thread, Undelivered
from listserv.domain.redaction import Redaction, RedactionKind
from listserv.store import built_digests
from listserv.store.tables import AttachmentRow, ClosedThreadRow, HeldPostRow, PostRow
from listserv.store.transaction import Transaction

# The clock of whoever accepted a post may be ahead of ours.
CLOCKS_DIFFER = timedelta(seconds=30)


def add(tx: Transaction, new: NewPost, accepted_at: datetime | None) -> Post:
    """Stores a post; it is held when accepted_at is None."""
    row = PostRow(
        list_id=new.list_id,
        author_id=new.author_id,
        state=PostState.HELD if accepted_at is None else PostState.ACCEPTED,
        handle=new.handle,
        subject=new.message.subject,
        text=new.message.text,
        html=new.message.html,
        message_id=new.message_id,
        thread=new.thread,
        one_time=new.one_time,
        references=list(new.references),
        redactions=[[r.kind, r.count, r.detail] for r in new.redactions],
        fingerprint=new.fingerprint,
        received_at=new.received_at,
        accepted_at=accepted_at,
        attachments=[
            AttachmentRow(
                position=position,
                name=attachment.name,
                content_type=attachment.content_type,
                content_id=attachment.content_id,
                content=attachment.content,
            )
            for position, attachment in enumerate(new.message.attachments)
        ],
    )
    tx.session.add(row)
    tx.session.flush()
    return value(row)


def get(tx: Transaction, post_id: int) -> Post | None:
    row = tx.session.get(PostRow, post_id)
    return value(row) if row else None


def known(tx: Transaction, list_id: int, fingerprint: bytes) -> bool:
    """Whether the very same mail is stored already."""
    query = select(PostRow.id).where(PostRow.list_id == list_id, PostRow.fingerprint == fingerprint)
    return tx.session.scalar(query) is not None


def thread_above(tx: Transaction, list_id: int, message_ids: Sequence[str]) -> Thread:
    """Where an answer to the nearest of these ids that is a post of this list belongs."""
    if not message_ids:
        return Thread()
    rows = tx.session.execute(
        select(PostRow.message_id, PostRow.thread, PostRow.references).where(
            PostRow.list_id == list_id, PostRow.message_id.in_(message_ids)
        )
    )
    found = {message_id: (first, references) for message_id, first, references in rows}
    for message_id in message_ids:
        if message_id in found:
            first, references = found[message_id]
            return Thread(first, (*references, message_id)[-MOST_REFERENCES:])
    return Thread()


def handle_of(tx: Transaction, list_id: int, message_id: str) -> str:
    """Under which handle a post of this list went out; "" for one that did not, or is gone."""
    query = select(PostRow.handle).where(
        PostRow.list_id == list_id,
        PostRow.message_id == message_id,
        PostRow.state == PostState.ACCEPTED,
    )
    return tx.session.scalar(query) or ""


def close_thread(tx: Transaction, list_id: int, thread: str, now: datetime) -> None:
    if not is_closed(tx, list_id, thread):
        tx.session.add(ClosedThreadRow(list_id=list_id, thread=thread, closed_at=now))
        tx.session.flush()


def open_thread(tx: Transaction, list_id: int, thread: str) -> None:
    tx.session.execute(
        delete(ClosedThreadRow).where(
            ClosedThreadRow.list_id == list_id, ClosedThreadRow.thread == thread
        )
    )


def is_closed(tx: Transaction, list_id: int, thread: str) -> bool:
    """Whether a moderator closed the conversation that begins with that message_id."""
    query = select(ClosedThreadRow.list_id).where(
        ClosedThreadRow.list_id == list_id, ClosedThreadRow.thread == thread
    )
    return tx.session.scalar(query) is not None


def thread_of(tx: Transaction, list_id: int, post_id: int) -> str | None:
    """The message_id that its conversation began with; None for a post that is not there."""
    query = select(PostRow.thread).where(PostRow.list_id == list_id, PostRow.id == post_id)
    return tx.session.scalar(query)


def one_time_handle(tx: Transaction, list_id: int, thread: str, author_id: int) -> str:
    """The handle that this author was given for this thread, or ""."""
    query = select(PostRow.handle).where(
        PostRow.list_id == list_id,
        PostRow.thread == thread,
        PostRow.author_id == author_id,
        PostRow.one_time,
    )
    return tx.session.scalar(query.limit(1)) or ""


def received_since(tx: Transaction, author_id: int, since: datetime) -> int:
    """How many posts of this author came; those that nothing proves to be theirs are not."""
    forged = exists().where(HeldPostRow.post_id == PostRow.id, HeldPostRow.reason == "unproven")
    query = select(func.count()).where(
        PostRow.author_id == author_id, PostRow.received_at > since, ~forged
    )
    return tx.session.scalar(query) or 0


def to_fan_out(tx: Transaction, post_id: int) -> Undelivered | None:
    """The post, locked, if it is accepted and its deliveries are not made yet.

    Nothing of its content: one that cannot be read must not stop the others.
    """
    row = tx.session.execute(
        select(PostRow.id, PostRow.list_id, PostRow.author_id)
        .where(
            PostRow.id == post_id,
            PostRow.state == PostState.ACCEPTED,
            PostRow.fanned_out_at.is_(None),
        )
        .with_for_update()
    ).one_or_none()
    return Undelivered(*row) if row else None


def fanned_out(tx: Transaction, post_id: int, number: int, now: datetime) -> None:
    """number: its place in the order of the list."""
    tx.session.execute(
        update(PostRow)
        .where(PostRow.id == post_id)
        .values(fanned_out_at=now, sequence=number)
        .execution_options(synchronize_session=False)
    )


def not_fanned_out(tx: Transaction, limit: int, now: datetime) -> Sequence[int]:
    """Ids of accepted posts that go out by now and have no deliveries yet, oldest first."""
    return tx.session.scalars(
        select(PostRow.id)
        .where(
            PostRow.state == PostState.ACCEPTED,
            PostRow.fanned_out_at.is_(None),
            PostRow.accepted_at <= now + CLOCKS_DIFFER,
        )
        .order_by(PostRow.id)
        .limit(limit)
    ).all()


def erase_before(tx: Transaction, list_id: int, before: datetime, limit: int) -> int:
    """Erases posts that went out before then, with everything that hangs on them; says how many.

    What waits for a moderator has a time of its own, and may go out long after it came.
    """
    ids = tx.session.scalars(
        select(PostRow.id)
        .where(
            PostRow.list_id == list_id,
            PostRow.state == PostState.ACCEPTED,
            PostRow.accepted_at < before,
        )
        .order_by(PostRow.id)
        .limit(limit)
    ).all()
    _erase(tx, PostRow.id.in_(ids))
    return len(ids)


def of_author(tx: Transaction, author_id: int, after_id: int, limit: int) -> Sequence[Post]:
    """Some of the posts of a subscription, held ones too, oldest first."""
    rows = tx.session.scalars(
        select(PostRow)
        .where(PostRow.author_id == author_id, PostRow.id > after_id)
        .order_by(PostRow.id)
        .limit(limit)
    )
    return [value(row) for row in rows]


def erase_of_author(tx: Transaction, author_id: int) -> None:
    """Erases every post of a subscription, with everything that hangs on it."""
    _erase(tx, PostRow.author_id == author_id)


def erase_held_of_author(tx: Transaction, author_id: int) -> None:
    tx.session.execute(
        delete(PostRow).where(PostRow.author_id == author_id, PostRow.state == PostState.HELD)
    )


def _erase(tx: Transaction, where: ColumnElement[bool]) -> None:
    """Takes them out of digests that are built already, too."""
    gone = delete(PostRow).where(where).returning(PostRow.list_id, PostRow.sequence)
    numbers: dict[int, list[int]] = {}
    for list_id, number in tx.session.execute(gone):
        if number is not None:
            numbers.setdefault(list_id, []).append(number)
    for list_id, of_list in sorted(numbers.items()):
        built_digests.forget(tx, list_id, min(of_list), max(of_list))


def count_not_fanned_out(tx: Transaction) -> int:
    query = select(func.count()).where(
        PostRow.state == PostState.ACCEPTED, PostRow.fanned_out_at.is_(None)
    )
    return tx.session.scalar(query) or 0


def value(row: PostRow) -> Post:
    """For the queries of this package."""
    post = without_files(row)
    files = tuple(
        Attachment(a.name, a.content_type, a.content, a.content_id) for a in row.attachments
    )
    return replace(post, message=replace(post.message, attachments=files))


def without_files(row: PostRow) -> Post:
    """The same without its attachments, which may be many megabytes."""
    return Post(
        id=row.id,
        list_id=row.list_id,
        author_id=row.author_id,
        state=PostState(row.state),
        handle=row.handle,
        message=AnonymousMessage(
            subject=row.subject,
            text=row.text,
            html=row.html,
            attachments=(),
        ),
        message_id=row.message_id,
        references=tuple(row.references),
        one_time=row.one_time,
        redactions=tuple(
            Redaction(RedactionKind(str(kind)), int(number), str(detail))
            for kind, number, detail in row.redactions
        ),
        received_at=row.received_at,
        accepted_at=row.accepted_at,
    )
