"""Brings a database to this version's tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError

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
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return newest()


def current(engine: Engine) -> str | None:
    """The version that the database is at, or None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def has_members(engine: Engine) -> bool:
    """Whether the database holds any member; False for one without tables, or out of reach."""
    try:
        with engine.connect() as connection:
            return connection.scalar(select(MemberRow.id).limit(1)) is not None
    except DBAPIError:
        return False


def newest() -> str:
    """The version that this program wants."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    return config
