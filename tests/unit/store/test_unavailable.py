"""A database that fails is told of in words that help."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError, OperationalError, TimeoutError

from listserv.domain.errors import Unavailable
from listserv.store import migrate
from listserv.store.engine import open_engine
from listserv.store.transaction import Database
from listserv.store.unavailable import unavailable
from tests.fakes import FakeQueue


@pytest.mark.parametrize("query", ["SELECT x FROM no_table", "SELECT no_column FROM members"])
def test_missing_tables_and_columns_are_told_with_the_cure(engine: Engine, query: str) -> None:
    database = Database(engine, FakeQueue())
    with pytest.raises(Unavailable, match="quietlist db upgrade"), database.reading() as tx:
        tx.session.execute(text(query))


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear aunt, " * 1000)
    engine = open_engine(f"sqlite+pysqlite:///{tmp_path / 'letter'}")
    with pytest.raises(Unavailable, match="no database"):
        migrate.upgrade(engine)


def test_a_server_that_is_away_is_told() -> None:
    engine = open_engine("postgresql+psycopg://quietlist:secret@127.0.0.1:1/quietlist")
    with pytest.raises(Unavailable, match="does not answer") as raised:
        migrate.upgrade(engine)
    assert "secret" not in str(raised.value)


def test_a_server_that_refuses_us_is_told_with_the_cure(postgres_server: str) -> None:
    engine = open_engine(f"postgresql+psycopg://stranger:secret@{postgres_server}/nowhere")
    with pytest.raises(Unavailable, match=r"refuses us.*QUIETLIST_DATABASE_URL"):
        migrate.upgrade(engine)


def test_a_file_that_belongs_to_somebody_else_is_told_with_the_cure() -> None:
    for said in ("unable to open database file", "attempt to write a readonly database"):
        problem = OperationalError("SELECT", {}, sqlite3.OperationalError(said))
        assert "owns the data directory" in str(unavailable(problem))


def test_whatever_else_it_says_is_never_repeated() -> None:
    for problem in (
        OperationalError("SELECT", {}, sqlite3.OperationalError("disk of ann@example.org is full")),
        DatabaseError("SELECT", {}, sqlite3.DatabaseError("ann@example.org is malformed")),
        TimeoutError("ann@example.org waits"),
    ):
        assert "ann" not in str(unavailable(problem))
