"""A worker: takes jobs one after the other, in one warm process."""

import logging
import os
from contextlib import suppress

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, SimpleWorker
from rq.job import Job
from rq.serializers import JSONSerializer

from listserv import logs
from listserv.adapters.rq_queue import connect, hear, queues
from listserv.domain.errors import Unavailable
from listserv.services.release_leases import release_leases
from listserv.settings import Settings
from workers import jobs  # noqa: F401  # RQ would load them with the first job, which waits
from workers.context import kit
from workers.stop import Interrupted, Stop

# RQ waits so long for a job, then shows that it lives; it wants to be told 15 s more.
WAIT_SECONDS = 5
TTL_SECONDS = WAIT_SECONDS + 15
FROZEN_AFTER = 3
RETRY_SECONDS = 1.0
# Somebody waits for the 250 of a post; nobody counts the milliseconds of its copies.
BEHIND_THE_GATEWAY = 5


class WarmWorker(SimpleWorker):
    """Neither forks for a job nor listens for commands; stops between two slices of work."""

    max_connection_wait_time = 2.0  # RQ's own goes up to a minute
    stop: Stop

    @property
    def connection_timeout(self) -> int:
        return self.dequeue_timeout + FROZEN_AFTER

    def execute_job(self, job: Job, queue: Queue) -> None:
        with self.stop.busy():
            with suppress(RedisError):  # away: the bell falls silent by itself
                hear(self.connection, str(job.func_name), job.args)
            super().execute_job(job, queue)

    def teardown(self) -> None:
        with suppress(RedisError, OSError):  # away: our entry there expires by itself
            super().teardown()  # type: ignore[no-untyped-call]

    def subscribe(self) -> None:
        """Nobody sends commands: no connection and no thread is kept for them."""

    def unsubscribe(self) -> None:
        """See `subscribe`."""

    def _install_signal_handlers(self) -> None:
        """`Stop` has the signals: RQ's own handler speaks to Redis, which may be away."""


def run(settings: Settings) -> None:
    """Works until SIGTERM or SIGINT; a Redis or a database that is away is waited for."""
    os.nice(BEHIND_THE_GATEWAY)
    stop = Stop()
    stop.listen()
    _silence_rq()
    try:
        _release_predecessor(stop)
        logs.event("worker_ready")
        while True:
            _work(settings, stop)
            stop.wait(RETRY_SECONDS)
    except Interrupted:
        logs.event("worker_stopped")


def _work(settings: Settings, stop: Stop) -> None:
    """Takes jobs until a signal, or until Redis is lost. Raises Interrupted."""
    try:
        # From the first: RQ puts up the time only for connections that are still to be opened.
        connection = connect(settings.redis, WAIT_SECONDS + FROZEN_AFTER)
        lanes = queues(connection)
        if not settings.redis_url:
            _forget_abandoned(lanes)
        _warm_worker(connection, lanes, stop).work()
    except Exception as error:
        logs.problem("redis_away", error)
    if stop.asked:  # RQ ends its loop on anything raised in it, Interrupted too
        raise Interrupted


def _warm_worker(connection: Redis, lanes: dict[str, Queue], stop: Stop) -> WarmWorker:
    worker = WarmWorker(
        list(lanes.values()),
        connection=connection,
        worker_ttl=TTL_SECONDS,
        serializer=JSONSerializer,
        log_job_description=False,
    )
    worker.stop = stop
    return worker


def _release_predecessor(stop: Stop) -> None:
    """Whoever sat on this seat before is dead: what it had claimed is free again."""
    while True:
        try:
            release_leases(kit(), kit().lease)
        except Unavailable as error:
            logs.problem("leases_not_released", error)
            stop.wait(RETRY_SECONDS)
        else:
            return


def _forget_abandoned(lanes: dict[str, Queue]) -> None:
    """Drops what killed workers had begun; RQ would keep it for as long as a job may take.

    Only for a Redis of our own. A job that another worker runs just now loses
    nothing but its entry: what is left to do stands in the database.
    """
    for queue in lanes.values():
        queue.started_job_registry.cleanup(timestamp=float("inf"))


def _silence_rq() -> None:
    """RQ logs the text of exceptions, which may carry what members wrote."""
    rq = logging.getLogger("rq")
    rq.handlers[:] = [logging.NullHandler()]
    rq.propagate = False
