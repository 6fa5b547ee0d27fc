"""The order of a list's posts: a number for each, and the issue that the newest is in.

Whatever depends on the order happens under one lock a list: a post gets its
number, somebody begins or ends to read digests, a digest is made. So each post
stands on one side of each of these, and no post is in two mails or in none.
"""

from datetime import datetime

from sqlalchemy import select, update

from listserv.domain.digest import Numbering, number_on, volume_of
from listserv.store.tables import MailingListRow
from listserv.store.transaction import Transaction


def lock(tx: Transaction, list_id: int) -> int:
    """Keeps the order of that list for this transaction; the last number that was given."""
    query = select(MailingListRow.sequence).where(MailingListRow.id == list_id)
    # Rows that only refer to the list are written all the same.
    return tx.session.scalars(query.with_for_update(key_share=True)).one()


def newest(tx: Transaction, list_id: int) -> int:
    query = select(MailingListRow.sequence).where(MailingListRow.id == list_id)
    return tx.session.scalars(query).one()


def next_number(tx: Transaction, list_id: int, now: datetime, most_posts: int | None = None) -> int:
    """Gives the next number of the list, and keeps its order for this transaction.

    most_posts: how many a digest waits for, where the list sets it.
    """
    number = lock(tx, list_id) + 1
    row = tx.session.get_one(MailingListRow, list_id, populate_existing=True)
    before = Numbering(row.volume, row.issue, row.issue_after, row.issue_ends)
    volume = volume_of(row.created_at, now)
    _number(tx, list_id, number, number_on(before, volume, number, most_posts, now))
    return number


def end_issue(tx: Transaction, list_id: int) -> None:
    """The next post begins a new one. The caller holds the order of the list."""
    query = update(MailingListRow).where(MailingListRow.id == list_id).values(issue_ends=None)
    tx.session.execute(query.execution_options(synchronize_session=False))


def current_issue(tx: Transaction, list_id: int) -> tuple[int, int]:
    """Volume and number of a digest that is made now."""
    query = select(MailingListRow.volume, MailingListRow.issue).where(MailingListRow.id == list_id)
    volume, number = tx.session.execute(query).one()
    return volume, number


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
