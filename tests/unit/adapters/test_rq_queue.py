"""The doorbell over a real Redis: what it leaves there, and what it costs when Redis is away."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import pytest

from listserv.adapters import rq_queue
from listserv.adapters.rq_queue import RqQueue, connect, hear, queues
from listserv.domain import jobs
from listserv.domain.jobs import Lane
from tests.redis_server import RedisServer, redis_server

# A ring takes a second at most; tests on a busy machine grant it two more.
BOUND = 3.0


@pytest.fixture
def queue(redis_url: str) -> RqQueue:
    connect(redis_url).flushall()
    return RqQueue(redis_url)


@pytest.fixture
def frail() -> Iterator[RedisServer]:
    """A server for one test, to be hurt."""
    with redis_server() as server:
        yield server


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The doorbell's clock: one number, which the test moves."""
    time = [100.0]
    monkeypatch.setattr(rq_queue, "monotonic", lambda: time[0])
    return time


def seconds_to_ring(queue: RqQueue) -> float:
    began = monotonic()
    queue.ring(jobs.deliver(7))
    return monotonic() - began


def test_a_ring_waits_in_the_lane_of_its_job(queue: RqQueue, redis_url: str) -> None:
    queue.ring(jobs.issue_digests(12))
    queue.ring(jobs.deliver_notices())
    waiting = queues(connect(redis_url))
    assert [(j.func_name, j.args) for j in waiting[Lane.DIGESTS].jobs] == [
        ("workers.jobs.issue_digests", [12])
    ]
    assert [(j.func_name, j.args) for j in waiting[Lane.NOTICES].jobs] == [
        ("workers.jobs.deliver_notices", [])
    ]
    assert queue.waiting() == 2


def test_results_are_not_kept_and_failures_not_for_long(queue: RqQueue, redis_url: str) -> None:
    queue.ring(jobs.deliver(7))
    (job,) = queues(connect(redis_url))[Lane.COPIES].jobs
    assert job.result_ttl == 0
    assert job.failure_ttl == 3600


def test_the_description_is_the_function_and_no_argument(queue: RqQueue, redis_url: str) -> None:
    queue.ring(jobs.deliver(7))
    (job,) = queues(connect(redis_url))[Lane.COPIES].jobs
    assert job.description == "workers.jobs.deliver"


def test_a_bell_that_waits_is_not_hung_up_twice(queue: RqQueue) -> None:
    for list_id in (7, 7, 8, 7):
        queue.ring(jobs.deliver(list_id))
    assert queue.waiting() == 2


def test_a_bell_that_was_heard_may_ring_again(queue: RqQueue, redis_url: str) -> None:
    queue.ring(jobs.deliver(7))
    hear(connect(redis_url), "workers.jobs.deliver", [7])
    queue.ring(jobs.deliver(7))
    assert queue.waiting() == 2


def test_a_bell_that_nobody_heard_does_not_stay_silent_for_long(
    queue: RqQueue, redis_url: str
) -> None:
    """Its worker may have died with it in its hands."""
    queue.ring(jobs.deliver(7))
    (key,) = connect(redis_url).keys("quietlist:bell:*")
    assert 0 < connect(redis_url).ttl(key) <= 30


def test_an_empty_queue_has_nothing_waiting(queue: RqQueue) -> None:
    assert queue.waiting() == 0
    assert queue.ping()


def test_a_process_that_never_rings_does_not_load_redis() -> None:
    program = (
        "import sys; from listserv.adapters.rq_queue import RqQueue; RqQueue('unix:///nowhere');"
        "sys.exit('redis' in sys.modules or 'rq' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_without_redis_a_ring_is_lost_quietly_and_soon(frail: RedisServer) -> None:
    queue = RqQueue(frail.url)
    frail.kill()
    assert seconds_to_ring(queue) < BOUND
    assert queue.waiting() is None
    assert not queue.ping()


def test_a_frozen_redis_holds_nobody_for_long(frail: RedisServer) -> None:
    queue = RqQueue(frail.url)
    queue.ring(jobs.deliver(7))
    frail.freeze()
    assert seconds_to_ring(queue) < BOUND
    assert not queue.ping()


def test_after_a_failure_nobody_waits_for_a_while(frail: RedisServer, now: list[float]) -> None:
    queue = RqQueue(frail.url)
    frail.freeze()
    queue.ring(jobs.deliver(7))
    began = monotonic()
    for _ in range(200):
        queue.ring(jobs.deliver(7))
    assert monotonic() - began < rq_queue.ANSWER_SECONDS


def test_one_caller_finds_out_for_all_whether_redis_is_back(
    frail: RedisServer, now: list[float]
) -> None:
    queue = RqQueue(frail.url)
    frail.freeze()
    queue.ring(jobs.deliver(7))
    now[0] += rq_queue.PAUSE_SECONDS
    with ThreadPoolExecutor(8) as pool:
        times = list(pool.map(lambda _: seconds_to_ring(queue), range(8)))
    assert sum(time > rq_queue.ANSWER_SECONDS / 2 for time in times) <= 1


def test_after_the_pause_rings_are_heard_again(frail: RedisServer, now: list[float]) -> None:
    queue = RqQueue(frail.url)
    frail.kill()
    queue.ring(jobs.deliver(7))
    frail.start()
    queue.ring(jobs.deliver(7))
    assert queue.waiting() is None
    now[0] += rq_queue.PAUSE_SECONDS
    queue.ring(jobs.deliver(7))
    assert queue.waiting() == 1


def test_a_redis_that_was_restarted_between_two_rings_misses_none(frail: RedisServer) -> None:
    queue = RqQueue(frail.url)
    assert queue.waiting() == 0
    frail.kill()
    frail.start()
    queue.ring(jobs.deliver(7))
    assert queue.waiting() == 1


def test_a_redis_that_is_full_is_as_good_as_away(frail: RedisServer) -> None:
    queue = RqQueue(frail.url)
    frail.client.config_set("maxmemory", "1")
    queue.ring(jobs.deliver(7))
    assert queue.waiting() is None
