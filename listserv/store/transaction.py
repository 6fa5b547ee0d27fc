"""The one place where anything is committed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from listserv.domain.errors import Conflict, Unavailable
from listserv.domain.jobs import Job
from listserv.domain.ports import JobQueue
from listserv.store.engine import BUSY_SECONDS
from listserv.store.unavailable import unavailable


@dataclass(frozen=True)
class Transaction:
    """An open transaction, and the bells to ring once it is committed."""

    session: Session
    bells: list[Job] = field(default_factory=list)

    @cached_property
    def connection(self) -> Connection:
        """For what is done every few copies: it costs less than by way of the session."""
        bind = self.session.bind
        return bind if isinstance(bind, Connection) else self.session.connection()

    def ring(self, job: Job) -> None:
        if job not in self.bells:
            self.bells.append(job)


class Database:
    """Opens transactions. Storage that fails is Unavailable: try again later, nothing is lost."""

    def __init__(self, engine: Engine, queue: JobQueue) -> None:
        self.engine = engine
        self._unsynced = engine.execution_options(synced=False)
        self._queue = queue
        # SQLite has one writer at a time, and whoever finds it taken sleeps and tries again.
        # The threads of one process stand in a row of their own instead.
        self._turn = threading.Lock() if engine.dialect.name == "sqlite" else None

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Commits to the disk on success, rolls back on any error, rings after the commit."""
        with self._transaction(self.engine) as transaction:
            yield transaction

    @contextmanager
    def recording(self) -> Iterator[Transaction]:
        """The same for what has happened anyway, such as copies that went out.

        SQLite does not wait for the disk: who is killed loses nothing, and a power cut
        undoes at most what came after the last `transaction` of any process.
        """
        with self._transaction(self._unsynced) as transaction:
            yield transaction

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Transaction]:
        with _storage_errors(), self._in_turn(), _session(engine) as (session, connection):
            transaction = Transaction(session)
            yield transaction
            session.flush()
            connection.commit()
        for job in transaction.bells:
            self._queue.ring(job)

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise Unavailable("The database is busy. Try again in a moment.")
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def reading(self) -> Iterator[Transaction]:
        """A view that never waits for writers; nothing done in it is kept."""
        engine = self.engine.execution_options(writes=False)
        with _storage_errors(), _session(engine) as (session, _):
            yield Transaction(session)


@contextmanager
def _session(engine: Engine) -> Iterator[tuple[Session, Connection]]:
    with engine.connect() as connection, Session(connection, expire_on_commit=False) as session:
        yield session, connection


@contextmanager
def _storage_errors() -> Iterator[None]:
    try:
        yield
    except IntegrityError as problem:
        raise Conflict("Somebody else did the same at the same moment. Try again.") from problem
    except DataError:
        raise
    except (DBAPIError, PoolTimeout) as problem:
        raise unavailable(problem) from problem
