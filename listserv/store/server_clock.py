"""The clock of the database's server."""

from datetime import UTC, datetime

from sqlalchemy import Engine, func, select


def server_time(engine: Engine) -> datetime | None:
    """Now, in UTC; None for SQLite, which has no clock but that of this machine."""
    if engine.dialect.name == "sqlite":
        return None
    with engine.connect() as connection:
        found: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return found.astimezone(UTC)
