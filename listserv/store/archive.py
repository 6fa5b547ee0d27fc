"""Queries about what went out on a list, for members to read again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import aliased

from listserv.domain.anonymous_message import Attachment
from listserv.domain.digest import DigestPost
from listserv.domain.post import PostState
from listserv.store import digest_posts
from listserv.store.tables import AttachmentRow, PostRow
from listserv.store.transaction import Transaction


@dataclass(frozen=True)
class ThreadHead:
    """A conversation in short. post_id, subject and handle: of its first post that is kept."""

    post_id: int
    subject: str
    handle: str
    posts: int
    newest_at: datetime


def threads(tx: Transaction, list_id: int, offset: int, limit: int) -> Sequence[ThreadHead]:
    """Those with the newest posts first; two questions, however many posts there are."""
    later = aliased(PostRow)
    newer = exists().where(
        later.list_id == list_id,
        later.thread == PostRow.thread,
        later.sequence > PostRow.sequence,
        later.state == PostState.ACCEPTED,
    )
    newest = dict(
        tx.session.execute(
            select(PostRow.thread, digest_posts.went_out_at())
            .where(_went_out(list_id), ~newer)
            .order_by(PostRow.sequence.desc())
            .offset(offset)
            .limit(limit)
        ).all()
    )
    whole = (
        select(
            PostRow.thread.label("thread"),
            func.min(PostRow.sequence).label("first"),
            func.count().label("posts"),
        )
        .where(_went_out(list_id), PostRow.thread.in_(newest))
        .group_by(PostRow.thread)
        .subquery()
    )
    rows = tx.session.execute(
        select(PostRow.thread, PostRow.id, PostRow.subject, PostRow.handle, whole.c.posts).join(
            whole, and_(PostRow.list_id == list_id, PostRow.sequence == whole.c.first)
        )
    )
    heads = {
        thread: ThreadHead(post_id, subject, handle, posts, newest[thread])
        for thread, post_id, subject, handle, posts in rows
    }
    return [heads[thread] for thread in newest if thread in heads]


def thread(
    tx: Transaction, list_id: int, post_id: int, offset: int, limit: int
) -> Sequence[DigestPost]:
    """Some of the conversation that the post is in, in the order in which they went out."""
    its = select(PostRow.thread).where(_went_out(list_id), PostRow.id == post_id).scalar_subquery()
    return digest_posts.those(tx, and_(_went_out(list_id), PostRow.thread == its), offset, limit)


def file(tx: Transaction, list_id: int, post_id: int, file_id: int) -> Attachment | None:
    """One file of a post that went out."""
    row = tx.session.scalar(
        select(AttachmentRow)
        .join(PostRow, PostRow.id == AttachmentRow.post_id)
        .where(_went_out(list_id), PostRow.id == post_id, AttachmentRow.id == file_id)
    )
    return Attachment(row.name, row.content_type, row.content, row.content_id) if row else None


def _went_out(list_id: int) -> ColumnElement[bool]:
    """Accepted, and given to the members."""
    return and_(
        PostRow.list_id == list_id,
        PostRow.sequence.is_not(None),
        PostRow.state == PostState.ACCEPTED,
    )
