"""The doorbell: RQ queues that carry a dotted name and ids.

A ring that fails is only logged: the database knows what is left to do, and the
sweep rings again. After a failure nobody waits for Redis for a few seconds.
"""

import logging
from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.serializers import JSONSerializer

from listserv.domain.jobs import Job, Lane

ANSWER_SECONDS = 1.0
PAUSE_SECONDS = 5.0
JOB_SECONDS = 900
FAILURE_SECONDS = 3600

_LOG = logging.getLogger("quietlist.queue")
T = TypeVar("T")


def connect(url: str, answer_seconds: float = ANSWER_SECONDS) -> Redis:
    """A client that gives up soon instead of trying again by itself."""
    return Redis.from_url(
        url,
        socket_timeout=answer_seconds,
        socket_connect_timeout=ANSWER_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


def queues(connection: Redis) -> dict[str, Queue]:
    """One queue a lane, in the order in which workers look at them."""
    return {lane: Queue(lane, connection=connection, serializer=JSONSerializer) for lane in Lane}


class RqQueue:
    """Implements `listserv.domain.ports.JobQueue`."""

    def __init__(self, url: str) -> None:
        self._connection = connect(url)
        self._queues = queues(self._connection)
        self._silent_until = 0.0

    def ring(self, job: Job) -> None:
        self._ask(lambda: self._enqueue(job))

    def waiting(self) -> int | None:
        return self._ask(lambda: sum(queue.count for queue in self._queues.values()))

    def ping(self) -> bool:
        """Whether Redis answers now."""
        self._silent_until = 0.0
        return self._ask(lambda: bool(self._connection.ping())) is True

    def _enqueue(self, job: Job) -> None:
        self._queues[job.lane].enqueue_call(
            job.function,
            args=job.ids,
            timeout=JOB_SECONDS,
            result_ttl=0,
            failure_ttl=FAILURE_SECONDS,
            description=job.function,
        )

    def _ask(self, question: Callable[[], T]) -> T | None:
        if monotonic() < self._silent_until:
            return None
        try:
            return question()
        except (RedisError, OSError):
            self._silent_until = monotonic() + PAUSE_SECONDS
            _LOG.warning("redis_unreachable")
            return None
