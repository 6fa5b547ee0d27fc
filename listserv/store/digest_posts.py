"""Queries about the posts of a digest: their words at once, their files one by one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from listserv.domain.digest import DigestPost, StoredFile, Window
from listserv.domain.post import PostState
from listserv.store.tables import AttachmentRow, PostRow
from listserv.store.transaction import Transaction


def in_window(tx: Transaction, list_id: int, window: Window) -> Sequence[DigestPost]:
    """Those that are still there, in the order in which they went out."""
    return those(tx, _within(list_id, window))


def those(
    tx: Transaction, where: ColumnElement[bool], offset: int = 0, limit: int | None = None
) -> Sequence[DigestPost]:
    """Posts that went out, in that order; for the queries of this package. Two questions."""
    ids = select(PostRow.id).where(where).order_by(PostRow.sequence).offset(offset).limit(limit)
    files: dict[int, list[StoredFile]] = {}
    for post_id, *of_file in tx.session.execute(
        select(
            AttachmentRow.post_id,
            AttachmentRow.id,
            AttachmentRow.name,
            AttachmentRow.content_type,
            AttachmentRow.content_id,
            func.length(AttachmentRow.content),
        )
        .where(AttachmentRow.post_id.in_(ids))
        .order_by(AttachmentRow.post_id, AttachmentRow.position)
    ):
        files.setdefault(post_id, []).append(StoredFile(*of_file))
    rows = tx.session.execute(
        select(
            PostRow.id,
            PostRow.handle,
            PostRow.subject,
            PostRow.text,
            PostRow.html,
            PostRow.message_id,
            PostRow.references,
            PostRow.thread,
            went_out_at(),
        )
        .where(where)
        .order_by(PostRow.sequence)
        .offset(offset)
        .limit(limit)
    )
    return [
        DigestPost(
            id=post_id,
            handle=handle,
            subject=subject,
            text=text,
            html=html,
            message_id=message_id,
            references=tuple(references),
            thread=thread,
            date=date,
            files=tuple(files.get(post_id, ())),
        )
        for post_id, handle, subject, text, html, message_id, references, thread, date in rows
    ]


def print_of(tx: Transaction, list_id: int, window: Window) -> tuple[int, int]:
    """Another one once a post of the window was erased. Posts never change otherwise."""
    query = select(func.count(), func.coalesce(func.sum(PostRow.id), 0))
    count, total = tx.session.execute(query.where(_within(list_id, window))).one()
    return int(count), int(total)


def content(tx: Transaction, file_id: int) -> bytes:
    """The bytes of an attachment; b"" when it was erased meanwhile."""
    query = select(AttachmentRow.content).where(AttachmentRow.id == file_id)
    return tx.session.scalar(query) or b""


def went_out_at() -> ColumnElement[datetime]:
    return func.coalesce(PostRow.accepted_at, PostRow.received_at, type_=PostRow.received_at.type)


def _within(list_id: int, window: Window) -> ColumnElement[bool]:
    return and_(
        PostRow.list_id == list_id,
        PostRow.sequence > window.after,
        PostRow.sequence <= window.upto,
        PostRow.state == PostState.ACCEPTED,
    )
