"""`quietlist worker` as a real process, with jobs of our own and a Redis that suffers."""

from threading import Event
from time import monotonic

import pytest
from redis.exceptions import RedisError

from listserv.adapters.rq_queue import connect, queues
from listserv.domain.jobs import Lane
from tests.integration.processes.place import Place

# It ends within three seconds; a busy machine is granted some more.
END = 6.0


def test_notices_go_before_posts(place: Place) -> None:
    place.enqueue("note", 1)
    place.enqueue("note", 2)
    place.enqueue("note", 3, lane=Lane.NOTICES)
    place.start("worker")
    place.wait(lambda: len(place.notes) == 3, "three jobs done")
    assert [line.split()[0] for line in place.notes] == ["3", "1", "2"]


def test_all_jobs_run_in_the_one_warm_process(place: Place) -> None:
    worker = place.start("worker")
    for number in range(3):
        place.enqueue("note", number)
    place.wait(lambda: len(place.notes) == 3, "three jobs done")
    assert {line.split()[1] for line in place.notes} == {str(worker.pid)}


def test_an_idle_worker_hears_a_bell_at_any_time(place: Place) -> None:
    """It waits in one question to Redis for seconds, and is not away in between."""
    place.start("worker")
    client = connect(place.redis.url)

    def waits() -> bool:
        return any(one["cmd"] == "blpop" and int(one["idle"]) >= 2 for one in client.client_list())

    place.wait(waits, "a question that is two seconds old")


def test_a_finished_job_leaves_nothing_in_redis(place: Place) -> None:
    place.start("worker")
    place.enqueue("note", 1)
    client = connect(place.redis.url)
    place.wait(lambda: place.notes and not client.keys("rq:job:*"), "the job done and gone")


def test_an_idle_worker_ends_when_asked(place: Place) -> None:
    worker = place.start("worker")
    place.enqueue("note", 1)
    place.wait(lambda: place.notes, "the job done")
    worker.terminate()
    assert worker.wait(END) == 0
    assert "worker_stopped" in place.log


def test_a_slice_at_work_is_finished_and_the_next_is_not_begun(place: Place) -> None:
    worker = place.start("worker")
    place.enqueue("nap", 1.0)
    place.enqueue("note", 2)
    place.wait(lambda: "begun" in place.notes, "the nap begun")
    worker.terminate()
    assert worker.wait(END) == 0
    assert place.notes == ["begun", "done"]
    assert queues(connect(place.redis.url))[Lane.POSTS].count == 1


def test_a_slice_that_does_not_end_does_not_keep_the_process(place: Place) -> None:
    worker = place.start("worker")
    place.enqueue("nap", 60.0)
    place.wait(lambda: place.notes, "the nap begun")
    worker.terminate()
    assert worker.wait(END) == 1
    assert place.notes == ["begun"]


def test_what_a_job_throws_is_not_logged(place: Place) -> None:
    place.start("worker")
    place.enqueue("explode", "ann@example.org")
    place.enqueue("note", 1)
    place.wait(lambda: len(place.notes) == 2, "both jobs done")
    assert "ann@" not in place.log
    assert "Traceback" not in place.log


def test_a_worker_starts_before_its_redis(place: Place) -> None:
    place.redis.kill()
    worker = place.start("worker")
    place.wait(lambda: "redis_away" in place.log, "word that Redis is away")
    place.redis.start()
    place.enqueue("note", 1)
    place.wait(lambda: place.notes, "the job done")
    assert worker.poll() is None


def test_a_killed_redis_is_waited_for(place: Place) -> None:
    worker = place.start("worker")
    place.enqueue("note", 1)
    place.wait(lambda: place.notes, "the job done")
    place.redis.kill()
    place.redis.start()
    place.enqueue("note", 2)
    place.wait(lambda: len(place.notes) == 2, "the second job done")
    assert worker.poll() is None


def test_a_redis_killed_under_a_job_is_waited_for(place: Place) -> None:
    worker = place.start("worker")
    place.enqueue("nap", 1.0)
    place.wait(lambda: place.notes, "the nap begun")
    place.redis.kill()
    place.wait(lambda: "done" in place.notes, "the nap done")
    place.redis.start()
    place.enqueue("note", 2)
    place.wait(lambda: len(place.notes) == 3, "the second job done")
    assert worker.poll() is None


def test_a_flushed_redis_is_no_matter(place: Place) -> None:
    worker = place.start("worker")
    connect(place.redis.url).flushall()
    place.enqueue("note", 1)
    place.wait(lambda: place.notes, "the job done")
    assert worker.poll() is None


def test_a_frozen_redis_is_waited_for(place: Place) -> None:
    worker = place.start("worker")
    place.redis.freeze()
    Event().wait(9)  # longer than a worker trusts a silent connection
    place.redis.thaw()
    began = monotonic()
    place.enqueue("note", 1)
    place.wait(lambda: place.notes, "the job done")
    assert monotonic() - began < 30
    assert worker.poll() is None


def test_a_frozen_redis_does_not_keep_a_worker_that_should_end(place: Place) -> None:
    worker = place.start("worker")
    place.redis.freeze()
    worker.terminate()
    worker.wait(END)


def test_what_a_killed_worker_had_begun_is_cleared_from_redis(place: Place) -> None:
    worker = place.start("worker")
    place.enqueue("nap", 60.0)
    place.wait(lambda: place.notes, "the nap begun")
    worker.kill()
    worker.wait(END)
    lane = queues(connect(place.redis.url))[Lane.POSTS]
    assert len(lane.started_job_registry.get_job_ids(cleanup=False)) == 1
    place.start("worker")
    place.wait(
        lambda: not lane.started_job_registry.get_job_ids(cleanup=False), "an empty registry"
    )


@pytest.fixture
def full(place: Place) -> Place:
    connect(place.redis.url).config_set("maxmemory", "1")
    return place


def test_a_full_redis_is_waited_for(full: Place) -> None:
    worker = full.start("worker")
    full.wait(lambda: "redis_away" in full.log, "word that Redis takes nothing")
    with pytest.raises(RedisError):
        full.enqueue("note", 1)
    connect(full.redis.url).config_set("maxmemory", "0")
    full.enqueue("note", 1)
    full.wait(lambda: full.notes, "the job done")
    assert worker.poll() is None
