"""The doorbell: RQ queues that carry a dotted name and ids.

A ring that fails is only logged: the database knows what is left to do, and the
sweep rings again. After a failure nobody waits for Redis for a few seconds.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from listserv.domain.jobs import Job, Lane

if TYPE_CHECKING:
    from redis import Redis
    from rq import Queue

ANSWER_SECONDS = 0.8
PAUSE_SECONDS = 5.0
JOB_SECONDS = 3600
FAILURE_SECONDS = 3600
# A bell whose worker died with it in its hands stays silent for so long.
UNHEARD_SECONDS = 20

_LOG = logging.getLogger("quietlist.queue")
T = TypeVar("T")


def connect(url: str, answer_seconds: float = ANSWER_SECONDS) -> "Redis":
    """A client that gives up soon; a connection that has died is opened anew, once."""
    # Not at the top: a process that never rings does not pay 10 MB and a tenth of a second.
    from redis import Redis  # noqa: PLC0415
    from redis.backoff import NoBackoff  # noqa: PLC0415
    from redis.exceptions import ConnectionError as Broken  # noqa: PLC0415
    from redis.retry import Retry  # noqa: PLC0415

    return Redis.from_url(
        url,
        socket_timeout=answer_seconds,
        socket_connect_timeout=ANSWER_SECONDS,
        # Asking again after silence would double the time that a frozen Redis costs.
        retry=Retry(NoBackoff(), 1, supported_errors=(Broken,)),
    )


def queues(connection: "Redis") -> "dict[str, Queue]":
    """One queue a lane, in the order in which workers look at them."""
    from rq import Queue  # noqa: PLC0415  # see `connect`
    from rq.serializers import JSONSerializer  # noqa: PLC0415

    return {lane: Queue(lane, connection=connection, serializer=JSONSerializer) for lane in Lane}


def hear(connection: "Redis", function: str, ids: Sequence[int]) -> None:
    """Called as a job begins, before it asks the database: from now on it may be rung for again."""
    connection.delete(_bell(function, ids))


class RqQueue:
    """Implements `listserv.domain.ports.JobQueue`. May be used from several threads."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = Lock()
        self._failing = False
        self._silent_until = 0.0

    def ring(self, job: Job) -> None:
        """Wakes a worker. Never raises, and takes a second at most."""
        self._ask(lambda: self._enqueue(job))

    def waiting(self) -> int | None:
        """How many jobs wait; None when Redis does not answer, or did not a moment ago."""
        return self._ask(lambda: sum(queue.count for queue in self._queues.values()))

    def ping(self) -> bool:
        """Whether Redis answers now."""
        with self._lock:
            self._silent_until = 0.0
        return self._ask(lambda: bool(self._connection.ping())) is True

    def time(self) -> datetime | None:
        """Now by the clock of Redis, in UTC; None when it does not answer."""
        return self._ask(self._now)

    @cached_property
    def _connection(self) -> "Redis":
        return connect(self._url)

    @cached_property
    def _queues(self) -> "dict[str, Queue]":
        return queues(self._connection)

    def _now(self) -> datetime:
        seconds, microseconds = self._connection.time()
        return datetime.fromtimestamp(seconds + microseconds / 1e6, UTC)

    def _enqueue(self, job: Job) -> None:
        bell = _bell(job.function, job.ids)
        if not self._connection.set(bell, 1, nx=True, ex=UNHEARD_SECONDS):
            return  # the same one waits already, and its job will see what we have committed
        self._queues[job.lane].enqueue_call(
            job.function,
            args=job.ids,
            timeout=JOB_SECONDS,
            result_ttl=0,
            failure_ttl=FAILURE_SECONDS,
            description=job.function,
        )

    def _ask(self, question: Callable[[], T]) -> T | None:
        if not self._may_ask():
            return None
        try:
            answer = question()
        except Exception:  # whatever Redis or RQ throw, a caller has committed and goes on
            self._note(failing=True, silent_until=monotonic() + PAUSE_SECONDS)
            _LOG.warning("redis_unreachable")
            return None
        if self._failing:
            self._note(failing=False, silent_until=0.0)
        return answer

    def _note(self, failing: bool, silent_until: float) -> None:
        with self._lock:
            self._failing = failing
            self._silent_until = silent_until

    def _may_ask(self) -> bool:
        with self._lock:
            now = monotonic()
            if now < self._silent_until:
                return False
            if self._failing:  # one thread finds out for all whether Redis is back
                self._silent_until = now + PAUSE_SECONDS
            return True


def _bell(function: str, ids: Sequence[int]) -> str:
    return ":".join(["quietlist:bell", function, *map(str, ids)])
