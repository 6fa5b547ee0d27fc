"""A worker: takes jobs one after the other, in one warm process."""

import signal
import threading
from types import FrameType

from redis.exceptions import RedisError
from rq import SimpleWorker
from rq.serializers import JSONSerializer
from rq.exceptions import StopRequested

from listserv import logs
from listserv.adapters.rq_queue import connect, queues
from listserv.domain.errors import QuietlistError
from listserv.services.release_leases import release_leases
from listserv.settings import Settings
from workers.context import kit

# RQ waits this long less 15 s for a job, and 10 s more for a Redis that is frozen.
TTL_SECONDS = 30
RETRY_SECONDS = 2.0


class WarmWorker(SimpleWorker):
    """Neither forks for a job nor listens for commands; stops between two slices of work."""

    max_connection_wait_time = RETRY_SECONDS

    def subscribe(self) -> None:
        """Nobody sends commands: no connection and no thread is kept for them."""

    def unsubscribe(self) -> None:
        """See `subscribe`."""

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        # RQ's own notes the time in Redis first, which may be down or gone already.
        self._stop_requested = True
        if self.get_state() != "busy":
            raise StopRequested


def run(settings: Settings) -> None:
    """Works until SIGTERM or SIGINT; a Redis that is away for a while is waited for."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    _release_predecessor()
    logs.event("worker_ready")
    while not stop.is_set():
        try:
            _work(settings)
            return
        except (RedisError, OSError) as error:
            logs.problem("redis_away", error)
            stop.wait(RETRY_SECONDS)


def _work(settings: Settings) -> None:
    connection = connect(settings.redis, answer_seconds=TTL_SECONDS)
    lanes = queues(connection)
    worker = WarmWorker(
        list(lanes.values()),
        connection=connection,
        worker_ttl=TTL_SECONDS,
        serializer=JSONSerializer,
        log_job_description=False,
    )
    worker.work(logging_level="CRITICAL")


def _release_predecessor() -> None:
    """Whoever sat on this seat before is dead: what it had claimed is free again."""
    try:
        release_leases(kit(), kit().lease)
    except QuietlistError as error:
        logs.problem("leases_not_released", error)
