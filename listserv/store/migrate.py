"""Brings a database to this version's tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from listserv.domain.errors import Refused
from listserv.store.unavailable import unavailable

_LOCK = 7_281_903_412  # any number: the same for every Quietlist on one PostgreSQL


def upgrade(engine: Engine, version: str = "head") -> str | None:
    """Runs what is missing, and returns the version reached.

    Several machines may start at once: on PostgreSQL they wait for each other
    by an advisory lock, on SQLite by its write lock. Raises Unavailable, and
    Refused for a database that cannot hold all letters.
    """
    config = _config()
    try:
        with engine.connect() as connection, connection.begin():
            insist_on_utf8(connection)
            _stand_in_line(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, version)
    except DBAPIError as problem:
        raise unavailable(problem) from problem
    return current(engine)


def insist_on_utf8(connection: Connection) -> None:
    """Raises Refused for a PostgreSQL database in which not every letter can be stored."""
    if connection.dialect.name != "postgresql":
        return
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise Refused(
            f"The database is in {encoding}, which cannot hold every letter. Make one in UTF-8: "
            "createdb --template=template0 --encoding=UTF8 NAME"
        )


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
