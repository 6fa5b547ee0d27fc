from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, TextClause, bindparam, inspect, text

from listserv.domain.errors import Refused
from listserv.store import migrate
from listserv.store.base import Base
from listserv.store.engine import open_engine
from listserv.store.types import UtcDateTime
from tests.postgres_server import fresh_database


def test_models_and_migrations_agree(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_tables_leave_the_room_that_models_ask_for(postgres_server: str) -> None:
    with fresh_database(postgres_server) as url:
        engine = open_engine(url)
        migrate.upgrade(engine)
        query = text("SELECT relname, reloptions FROM pg_class WHERE relkind = 'r'")
        with engine.connect() as connection:
            found = {name: options for name, options in connection.execute(query) if options}
        engine.dispose()
    asked = {
        table.name: [f"{name}={value}" for name, value in room.items()]
        for table in Base.metadata.tables.values()
        if (room := table.dialect_options["postgresql"]["with"])
    }
    assert found == asked and found


def test_upgrading_again_changes_nothing(engine: Engine) -> None:
    assert migrate.upgrade(engine) == migrate.current(engine) == migrate.newest()


def test_every_table_is_there(engine: Engine) -> None:
    assert set(Base.metadata.tables) <= set(inspect(engine).get_table_names())


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_cannot_hold_every_letter_is_refused(
    postgres_server: str, encoding: str
) -> None:
    with fresh_database(postgres_server, encoding) as url:
        engine = open_engine(url)
        with pytest.raises(Refused, match=f"in {encoding}.*--encoding=UTF8"):
            migrate.upgrade(engine)
        assert inspect(engine).get_table_names() == []
        engine.dispose()


def test_sqlite_is_told_to_keep_its_promises(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection:
        asked = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "secure_delete",
                "busy_timeout",
            )
        }
    assert asked == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 8000,
    }


_OLD = (
    "INSERT INTO mailing_lists (id, address, title, settings, created_at)"
    " VALUES (1, 'g@example.org', 'G', '{}', :now)",
    "INSERT INTO posts (id, list_id, state, handle, subject, text, html, message_id,"
    ' "references", redactions, received_at)'
    " VALUES (1, 1, 'accepted', 'Otter', 's', 't', '', '<1@x>', '[]', '[]', :now)",
    "INSERT INTO posts (id, list_id, state, handle, subject, text, html, message_id,"
    ' "references", redactions, received_at)'
    " VALUES (2, 1, 'accepted', 'Frog', 's', 't', '', '<2@x>', '[\"<1@x>\"]', '[]', :now)",
    "INSERT INTO attachments (post_id, position, name, content_type, content_id, content)"
    " VALUES (1, 0, 'picture-1.jpg', 'image/jpeg', '', :bytes)",
    "INSERT INTO confirmations (id, token_hash, purpose, list_id, lookup, sealed_address,"
    " created_at, expires_at) VALUES ('c', :bytes, 'join', 1, :bytes, :bytes, :now, :now)",
)


def _timed(statement: str) -> TextClause:
    if ":now" not in statement:
        return text(statement)
    return text(statement).bindparams(bindparam("now", type_=UtcDateTime()))


def test_what_the_first_version_kept_is_still_there(empty_engine: Engine) -> None:
    migrate.upgrade(empty_engine, "0001")
    values = {"now": datetime(2026, 3, 1, tzinfo=UTC), "bytes": b"x" * 32}
    with empty_engine.begin() as connection:
        for statement in _OLD:
            named = {name: value for name, value in values.items() if f":{name}" in statement}
            connection.execute(_timed(statement), named)
    migrate.upgrade(empty_engine)
    with empty_engine.connect() as connection:
        threads = connection.execute(text("SELECT thread, one_time FROM posts ORDER BY id")).all()
        asked = connection.execute(text("SELECT purpose, language FROM confirmations")).all()
        attached = connection.execute(text("SELECT count(*) FROM attachments")).scalar()
    assert attached == 1
    assert [tuple(row) for row in threads] == [("<1@x>", False), ("<1@x>", False)]
    assert [tuple(row) for row in asked] == [("join", "en")]


def test_posts_of_before_there_were_numbers_are_in_order_and_in_no_digest(
    empty_engine: Engine,
) -> None:
    migrate.upgrade(empty_engine, "0001")
    values = {"now": datetime(2026, 3, 1, tzinfo=UTC)}
    with empty_engine.begin() as connection:
        for statement in _OLD[:3]:
            connection.execute(_timed(statement), values)
        connection.execute(_timed("UPDATE posts SET fanned_out_at = :now"), values)
    migrate.upgrade(empty_engine)
    with empty_engine.connect() as connection:
        numbers = connection.execute(text("SELECT sequence FROM posts ORDER BY id")).all()
    assert [number for (number,) in numbers] == [-1, 0]


def test_a_digest_that_is_on_its_way_stays_so(empty_engine: Engine) -> None:
    """Whoever upgrades in the middle of sending: it is built anew, and kept from then on."""
    migrate.upgrade(empty_engine, "0010")
    values = {"now": datetime(2026, 3, 1, tzinfo=UTC)}
    with empty_engine.begin() as connection:
        connection.execute(_timed(_OLD[0]), values)
        connection.execute(
            _timed(
                "INSERT INTO digests (id, list_id, after, upto, format, language, volume, number,"
                " made_at) VALUES (7, 1, 0, 3, 'reader', 'en', 1, 1, :now)"
            ),
            values,
        )
    migrate.upgrade(empty_engine)
    kept = text("SELECT count(*) FROM built_digests")
    with empty_engine.begin() as connection:
        assert connection.execute(text("SELECT id FROM digests")).scalar_one() == 7
        assert connection.execute(kept).scalar_one() == 0
        connection.execute(
            _timed(
                "INSERT INTO built_digests (id, made_from, sealed_content, built_at)"
                " VALUES (7, :bytes, :bytes, :now)"
            ),
            {"bytes": b"x", **values},
        )
        connection.execute(text("DELETE FROM digests"))
        assert connection.execute(kept).scalar_one() == 0


def test_ids_that_stand_in_addresses_are_never_given_twice(sqlite_engine: Engine) -> None:
    query = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
    with sqlite_engine.connect() as connection:
        for name in ("mailing_lists", "subscriptions", "posts", "digests"):
            assert "AUTOINCREMENT" in connection.execute(query, {"name": name}).scalar_one()
