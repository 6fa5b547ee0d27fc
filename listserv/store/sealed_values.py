"""Every sealed column besides the members' and built digests', for the rotation of keys."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from listserv.store.tables import (
    ConfirmationRow,
    DkimKeyRow,
    MemberNoteRow,
    NoticeRow,
    OwnerLetterRow,
    QuarantineRow,
)
from listserv.store.transaction import Transaction

_COLUMNS: tuple[InstrumentedAttribute[bytes], ...] = (
    NoticeRow.sealed_recipient,
    NoticeRow.sealed_content,
    ConfirmationRow.sealed_address,
    QuarantineRow.sealed_content,
    DkimKeyRow.sealed_key,
    MemberNoteRow.sealed_text,
    OwnerLetterRow.sealed_address,
)


@dataclass(frozen=True)
class SealedValue:
    """place: what the vault bound it to, "table.column:row"."""

    place: str
    column: int
    row_id: str
    sealed: bytes = field(repr=False)


def older(tx: Transaction, newest: bytes, limit: int) -> Sequence[SealedValue]:
    """Values that another key than `newest` (its id, 4 bytes) has sealed."""
    found: list[SealedValue] = []
    for number, column in enumerate(_COLUMNS):
        table = column.class_.__table__
        rows = tx.session.execute(
            select(table.c.id, column).where(_other_key(column, newest)).limit(limit - len(found))
        )
        found += [
            SealedValue(f"{table.name}.{column.key}:{row_id}", number, row_id, sealed)
            for row_id, sealed in rows
        ]
        if len(found) >= limit:
            break
    return found


def replace(tx: Transaction, value: SealedValue, sealed: bytes) -> None:
    column = _COLUMNS[value.column]
    table: Any = column.class_
    tx.session.execute(update(table).where(table.id == value.row_id).values({column.key: sealed}))


def count_older(tx: Transaction, newest: bytes) -> int:
    return sum(
        tx.session.scalar(select(func.count()).where(_other_key(column, newest))) or 0
        for column in _COLUMNS
    )


def _other_key(column: InstrumentedAttribute[bytes], newest: bytes) -> ColumnElement[bool]:
    # One byte of version, four of the key's id; finished notices are empty.
    head = func.substr(column, 2, 4)
    return (func.length(column) > 0) & (head != newest)
