"""Engines: what SQLite and PostgreSQL must be told so that both keep our promises."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from listserv.domain.errors import Refused

BUSY_SECONDS = 8
SLOW_SECONDS = 60


def open_engine(url: str, pool_size: int = 8) -> Engine:
    """An engine for one process; open it after any fork.

    Raises Refused for a URL that is none, or of a database that no driver is
    installed for. Parameters are hidden from logs and errors: they carry what
    members wrote.
    """
    try:
        sqlite = make_url(url).get_backend_name() == "sqlite"
        return _sqlite(url, pool_size) if sqlite else _server(url, pool_size)
    except (ArgumentError, ImportError):
        raise Refused(
            "QUIETLIST_DATABASE_URL takes sqlite+pysqlite:////path/to/file or "
            "postgresql+psycopg://user:password@host/database."
        ) from None


def _server(url: str, pool_size: int) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=pool_size,
        max_overflow=4,
        # Whoever waits for a lock longer than SQLite's writers do is told to try again.
        connect_args={
            "connect_timeout": 5,
            "client_encoding": "utf8",  # whatever the server's own is: `migrate` refuses others
            # 250 is only said of what survives a power cut, whatever the server's own default is.
            "options": f"-c lock_timeout={BUSY_SECONDS}s -c statement_timeout={SLOW_SECONDS}s "
            "-c synchronous_commit=on",
        },
    )


def _sqlite(url: str, pool_size: int) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=4,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    raw: Any = connection
    raw.isolation_level = None  # transactions begin where we say, below
    cursor = raw.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")  # 250 is only said of what survives a power cut
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # what is erased is overwritten
    cursor.execute("PRAGMA cache_size=-4000")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    synced = options.get("synced", True)
    if connection.info.get("synced", True) is not synced:  # the connection had another use before
        connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if synced else 'NORMAL'}")
        connection.info["synced"] = synced
    # A transaction that reads first and writes later cannot wait for its turn (SQLITE_BUSY at
    # once); one that says at the start that it will write can.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", True) else "BEGIN")
