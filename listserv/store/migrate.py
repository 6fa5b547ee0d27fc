"""Brings a database to this version's tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from listserv.store.unavailable import unavailable

_LOCK = 7_281_903_412  # any number: the same for every Quietlist on one PostgreSQL


def upgrade(engine: Engine, version: str = "head") -> str | None:
    """Runs what is missing, and returns the version reached.

    Several machines may start at once: on PostgreSQL they wait for each other
    by an advisory lock, on SQLite by its write lock. Raises Unavailable.
    """
    config = _config()
    try:
        with engine.connect() as connection, connection.begin():
            _stand_in_line(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, version)
    except DBAPIError as problem:
        raise unavailable(problem) from problem
    return current(engine)


def _stand_in_line(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        for limit in ("lock_timeout", "statement_timeout"):
            connection.execute(text(f"SET LOCAL {limit} = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def current(engine: Engine) -> str | None:
    """The version that the database is at, or None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """The version that this program wants."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    return config
