"""Queries about what moderators wrote about a member, and what newcomers answered; sealed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select

from listserv.store.tables import MemberNoteRow, SubscriptionRow
from listserv.store.transaction import Transaction


class NoteKind(StrEnum):
    NOTE = "note"
    ANSWER = "answer"  # to the list's question, when they asked to join


@dataclass(frozen=True)
class SealedNote:
    """moderator: a handle; "" for the operator, and for an answer."""

    id: str
    kind: NoteKind
    moderator: str
    sealed_text: bytes = field(repr=False)
    created_at: datetime


def place(note_id: str) -> str:
    return f"member_notes.sealed_text:{note_id}"


def add(  # one note
    tx: Transaction,
    note_id: str,
    kind: NoteKind,
    subscription_id: int,
    moderator_id: int | None,
    sealed_text: bytes,
    now: datetime,
) -> None:
    """sealed_text: for the place that `place` names."""
    tx.session.add(
        MemberNoteRow(
            id=note_id,
            kind=kind,
            subscription_id=subscription_id,
            moderator_id=moderator_id,
            sealed_text=sealed_text,
            created_at=now,
        )
    )


def about(tx: Transaction, subscription_id: int) -> Sequence[SealedNote]:
    """Oldest first."""
    rows = tx.session.execute(
        select(MemberNoteRow, SubscriptionRow.handle)
        .outerjoin(SubscriptionRow, SubscriptionRow.id == MemberNoteRow.moderator_id)
        .where(MemberNoteRow.subscription_id == subscription_id)
        .order_by(MemberNoteRow.created_at, MemberNoteRow.id)
    )
    return [
        SealedNote(row.id, NoteKind(row.kind), handle or "", row.sealed_text, row.created_at)
        for row, handle in rows
    ]


def erase_about(tx: Transaction, subscription_id: int) -> None:
    tx.session.execute(
        delete(MemberNoteRow).where(MemberNoteRow.subscription_id == subscription_id)
    )
