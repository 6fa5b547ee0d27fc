"""Brings a database to this version's tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.exc import DBAPIError

from listserv.domain.errors import Unavailable
from listserv.store.tables import MemberRow

_LOCK = 7_281_903_412  # any number: the same for every Quietlist on one PostgreSQL


def upgrade(engine: Engine) -> str:
    """Runs what is missing, and returns the version reached.

    Several machines may start at once: on PostgreSQL they wait for each other
    by an advisory lock, on SQLite by its write lock.
    """
    config = _config()
    with engine.connect() as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            for limit in ("lock_timeout", "statement_timeout"):
                connection.execute(text(f"SET LOCAL {limit} = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return newest()


def current(engine: Engine) -> str | None:
    """The version that the database is at, or None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def has_members(engine: Engine) -> bool:
    """Whether the database holds any member; False for one without tables. Raises Unavailable."""
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table(MemberRow.__tablename__):
                return False
            return connection.scalar(select(MemberRow.id).limit(1)) is not None
    except DBAPIError as problem:
        raise Unavailable("The database does not answer. Try again in a moment.") from problem


def newest() -> str:
    """The version that this program wants."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    return config
