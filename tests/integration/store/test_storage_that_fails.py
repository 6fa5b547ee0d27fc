"""A database that is full, locked or read-only: mail is put off with 451, and taken again after."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import Engine, event, text

from listserv.domain.mailing_list import MailingList
from listserv.domain.routing import ToList
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.create_list import create_list
from listserv.services.status import status
from listserv.store import migrate, transaction
from listserv.store.engine import open_engine
from smtp_gateway.dispatch import dispatch
from smtp_gateway.replies import TRY_AGAIN
from tests.fakes import World, build_world
from tests.postgres_server import fresh_database
from tests.unit.services.mail_samples import ANN, from_ann, plain


def group(world: World) -> MailingList:
    made = create_list(world.kit, "group@example.org")
    list(add_members(world.kit, made.address, [Newcomer(ANN)]))
    return change_list(world.kit, made.address, {"sender_proof": "off"})


def post(world: World, number: int = 1) -> str:
    raw = plain(body="x" * 20_000, message_id=f"<{number}@example.net>")
    return dispatch(world.kit, ToList(1), from_ann(), raw)


def inbound(world: World) -> int:
    return status(world.kit).inbound


@contextmanager
def full(engine: Engine) -> Iterator[None]:
    """The disk has no room for one page more."""
    with engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()

    def limit(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    engine.dispose()
    event.listen(engine, "connect", limit)
    yield
    event.remove(engine, "connect", limit)
    engine.dispose()


def test_a_full_disk_puts_mail_off_and_loses_none(world: World) -> None:
    group(world)
    assert post(world, 1).startswith("250")
    with full(world.kit.database.engine):
        for number in range(2, 5):
            assert post(world, number) == TRY_AGAIN
        assert inbound(world) == 1
    for number in range(2, 5):
        assert post(world, number).startswith("250")
    assert inbound(world) == 4


def test_a_locked_file_puts_mail_off(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    group(world)
    monkeypatch.setattr(transaction, "BUSY_SECONDS", 0.1)
    engine = world.kit.database.engine
    assert engine.url.database

    def hurry(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout=100")

    engine.dispose()
    event.listen(engine, "connect", hurry)
    with closing(sqlite3.connect(engine.url.database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert post(world) == TRY_AGAIN
        other.execute("ROLLBACK")
    assert post(world).startswith("250")
    assert inbound(world) == 1


@pytest.fixture
def postgresql(postgres_server: str) -> Iterator[Engine]:
    with fresh_database(postgres_server) as url:
        engine = open_engine(url)
        migrate.upgrade(engine)
        yield engine
        engine.dispose()


def _set(engine: Engine, setting: str) -> None:
    """From the next connection on."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET default_transaction_read_only = off")
        connection.exec_driver_sql(f'ALTER DATABASE "{engine.url.database}" SET {setting}')
    engine.dispose()


def test_a_server_that_takes_no_writes_puts_mail_off(postgresql: Engine) -> None:
    world = build_world(postgresql)
    group(world)
    _set(postgresql, "default_transaction_read_only = on")
    assert post(world) == TRY_AGAIN
    assert inbound(world) == 0
    _set(postgresql, "default_transaction_read_only = off")
    assert post(world).startswith("250")
    assert inbound(world) == 1


def test_a_commit_is_on_disk_whatever_the_server_s_default(postgresql: Engine) -> None:
    _set(postgresql, "synchronous_commit = off")
    with postgresql.connect() as connection:
        assert connection.execute(text("SHOW synchronous_commit")).scalar() == "on"


def test_only_what_has_happened_anyway_does_not_wait_for_the_disk(sqlite_engine: Engine) -> None:
    database = build_world(sqlite_engine).kit.database
    pragma = text("PRAGMA synchronous")
    asked = []
    for kind in (database.recording, database.transaction, database.recording, database.reading):
        with kind() as tx:
            asked.append(tx.session.scalar(pragma))
    with database.transaction() as tx:
        asked.append(tx.session.scalar(pragma))
    normal, full = 1, 2
    assert (asked[0], asked[1], asked[2], asked[4]) == (normal, full, normal, full)
