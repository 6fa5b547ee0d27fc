"""Queries about members. What goes in and out is sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, delete, exists, func, inspect, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from listserv.domain.errors import Refused
from listserv.domain.language import Language
from listserv.domain.sealed import Lookup, SealedMember
from listserv.domain.subscription import SubscriptionState
from listserv.domain.time_zone import UTC_NAME
from listserv.store.tables import MemberRow, SubscriptionRow
from listserv.store.transaction import Transaction
from listserv.store.unavailable import unavailable


def find(tx: Transaction, lookups: Sequence[Lookup]) -> SealedMember | None:
    """The member with one of these look-up hashes."""
    row = tx.session.scalar(
        select(MemberRow).where(MemberRow.lookup.in_([lookup.digest for lookup in lookups]))
    )
    return _value(row) if row else None


def first_sealed(engine: Engine) -> SealedMember | None:
    """Any one member, to try the keys on; None when there is nobody yet.

    Raises Refused for a database without tables, and Unavailable.
    """
    try:
        with Session(engine.execution_options(writes=False)) as session:
            if not inspect(session.connection()).has_table(MemberRow.__tablename__):
                raise Refused(
                    "There are no tables in the database yet. Run `quietlist db upgrade`, or start "
                    "everything with `quietlist up`."
                )
            row = session.scalar(select(MemberRow).limit(1))
            return _value(row) if row else None
    except SQLAlchemyError as problem:
        raise unavailable(problem) from problem


def lock(tx: Transaction, member_id: str) -> bool:
    """Keeps the member as they are until this transaction ends; False when they are gone."""
    query = select(MemberRow.id).where(MemberRow.id == member_id).with_for_update()
    return tx.session.scalar(query) is not None


def get(tx: Transaction, member_id: str) -> SealedMember | None:
    row = tx.session.get(MemberRow, member_id)
    return _value(row) if row else None


@dataclass(frozen=True)
class Person:
    """What a member chose for all lists. time_zone: a name of the IANA database.

    signed_out_at: sessions that began before then count no more.
    """

    id: str
    language: Language
    time_zone: str
    signed_out_at: datetime | None = None


def person(tx: Transaction, member_id: str) -> Person | None:
    row = tx.session.get(MemberRow, member_id)
    if row is None:
        return None
    return Person(row.id, Language(row.language), row.time_zone, row.signed_out_at)


def save_person(tx: Transaction, person: Person) -> None:
    tx.session.execute(
        update(MemberRow)
        .where(MemberRow.id == person.id)
        .values(language=person.language, time_zone=person.time_zone)
    )


def sign_out(tx: Transaction, member_id: str, now: datetime) -> None:
    """Ends every session of the member."""
    tx.session.execute(update(MemberRow).where(MemberRow.id == member_id).values(signed_out_at=now))


def erase(tx: Transaction, member_id: str) -> None:
    """The member and their key; what else there is of them loses its way to an address."""
    tx.session.execute(delete(MemberRow).where(MemberRow.id == member_id))


def add(
    tx: Transaction,
    member: SealedMember,
    lookup: Lookup,
    now: datetime,
    language: Language = Language.ENGLISH,
    time_zone: str = UTC_NAME,
) -> None:
    tx.session.add(
        MemberRow(
            id=member.member_id,
            lookup=lookup.digest,
            lookup_key=lookup.key_id,
            sealed_key=member.sealed_key,
            sealed_address=member.sealed_address,
            language=language,
            time_zone=time_zone,
            created_at=now,
        )
    )
    tx.session.flush()


def replace(tx: Transaction, member: SealedMember, lookup: Lookup) -> None:
    """New seals and look-up hash for the same member."""
    tx.session.execute(
        update(MemberRow)
        .where(MemberRow.id == member.member_id)
        .values(
            lookup=lookup.digest,
            lookup_key=lookup.key_id,
            sealed_key=member.sealed_key,
            sealed_address=member.sealed_address,
        )
    )


def erase_without_subscription(tx: Transaction, member_id: str) -> bool:
    """Erases the member unless a list still has them; their key goes, and so does the address.

    Returns whether it did.
    """
    erased = tx.session.execute(
        delete(MemberRow).where(MemberRow.id == member_id, ~_on_a_list()).returning(MemberRow.id)
    ).all()
    return bool(erased)


def erase_all_without_subscription(tx: Transaction) -> None:
    """Erases whoever no list has, should a change have been cut off half way."""
    tx.session.execute(delete(MemberRow).where(~_on_a_list()))


def under_older_keys(tx: Transaction, newest_key: str, limit: int) -> Sequence[SealedMember]:
    """Members whose look-up hash was made by another key than the newest."""
    rows = tx.session.scalars(
        select(MemberRow)
        .where(MemberRow.lookup_key != newest_key)
        .order_by(MemberRow.id)
        .limit(limit)
    )
    return [_value(row) for row in rows]


def count(tx: Transaction, without_key: str = "") -> int:
    """How many members there are; with a key's id, those that it does not hold."""
    query = select(func.count()).select_from(MemberRow)
    return tx.session.scalar(query.where(MemberRow.lookup_key != without_key)) or 0


def _on_a_list() -> ColumnElement[bool]:
    return exists().where(
        SubscriptionRow.member_id == MemberRow.id,
        SubscriptionRow.state != SubscriptionState.LEFT,
    )


def _value(row: MemberRow) -> SealedMember:
    return SealedMember(row.id, row.sealed_key, row.sealed_address)
