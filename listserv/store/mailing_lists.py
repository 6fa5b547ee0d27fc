"""Queries about lists."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from listserv.domain.errors import NotFound
from listserv.domain.list_settings import ListSettings, as_text, from_text
from listserv.domain.mailing_list import MailingList
from listserv.store.tables import MailingListRow
from listserv.store.transaction import Transaction


def add(
    tx: Transaction, address: str, title: str, settings: ListSettings, now: datetime
) -> MailingList:
    row = MailingListRow(address=address, title=title, settings=as_text(settings), created_at=now)
    tx.session.add(row)
    tx.session.flush()
    return _value(row)


def get(tx: Transaction, list_id: int) -> MailingList:
    """Raises NotFound."""
    row = tx.session.get(MailingListRow, list_id)
    if row is None:
        raise NotFound("There is no such list.")
    return _value(row)


def named(tx: Transaction, address: str) -> MailingList:
    """The list with that address. Raises NotFound."""
    row = tx.session.scalar(
        select(MailingListRow).where(MailingListRow.address == address.strip().lower())
    )
    if row is None:
        raise NotFound(f"There is no list {address.strip()}. `quietlist list names` shows them.")
    return _value(row)


def id_of(tx: Transaction, address: str) -> int | None:
    return tx.session.scalar(select(MailingListRow.id).where(MailingListRow.address == address))


def serves(tx: Transaction, domain: str) -> bool:
    """Whether any list lives in that domain."""
    ending = "@" + domain
    return (
        tx.session.scalar(
            select(MailingListRow.id)
            .where(func.substr(MailingListRow.address, -len(ending)) == ending)
            .limit(1)
        )
        is not None
    )


def first(tx: Transaction) -> MailingList | None:
    """The oldest list, or None on a server without any."""
    row = tx.session.scalar(select(MailingListRow).order_by(MailingListRow.id).limit(1))
    return _value(row) if row else None


def with_ids(tx: Transaction, ids: Sequence[int]) -> dict[int, MailingList]:
    """Those lists, by id."""
    rows = tx.session.scalars(select(MailingListRow).where(MailingListRow.id.in_(ids)))
    return {row.id: _value(row) for row in rows}


def all_of_them(tx: Transaction) -> Sequence[MailingList]:
    rows = tx.session.scalars(select(MailingListRow).order_by(MailingListRow.address))
    return [_value(row) for row in rows]


def save_settings(tx: Transaction, list_id: int, settings: ListSettings) -> None:
    row = tx.session.get_one(MailingListRow, list_id)
    row.settings = as_text(settings)


def _value(row: MailingListRow) -> MailingList:
    return MailingList(row.id, row.address, row.title, from_text(row.settings))
