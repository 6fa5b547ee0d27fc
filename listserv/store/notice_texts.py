"""Queries about what owners wrote in place of our own words."""

from sqlalchemy import delete, select

from listserv.domain.language import Language
from listserv.store.tables import NoticeTextRow
from listserv.store.transaction import Transaction


def get(tx: Transaction, list_id: int, notice: str, language: Language) -> str:
    """The owners' words, or "" where the list has ours."""
    row = tx.session.get(NoticeTextRow, (list_id, notice, language.value))
    return row.body if row else ""


def of_list(tx: Transaction, list_id: int) -> dict[tuple[str, Language], str]:
    rows = tx.session.scalars(select(NoticeTextRow).where(NoticeTextRow.list_id == list_id))
    return {(row.notice, Language(row.language)): row.body for row in rows}


def put(tx: Transaction, list_id: int, notice: str, language: Language, body: str) -> None:
    """Keeps the words; "" goes back to ours."""
    tx.session.execute(
        delete(NoticeTextRow).where(
            NoticeTextRow.list_id == list_id,
            NoticeTextRow.notice == notice,
            NoticeTextRow.language == language.value,
        )
    )
    if body:
        tx.session.add(
            NoticeTextRow(list_id=list_id, notice=notice, language=language.value, body=body)
        )
    tx.session.flush()
