"""What does a job cost under each way that RQ offers to run it, and under ours?

Each worker empties a queue of jobs that do nothing, on a Redis of its own; a
second queue of jobs looks at the database once, as ours do, which shows what a
process that forgets its kit after each job pays. Counted are jobs a second,
processor time of the worker and its children, and commands that Redis was sent.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from redis import Redis
from rq import Queue, SimpleWorker, SpawnWorker, Worker
from rq.serializers import JSONSerializer
from rq.worker import BaseWorker

from bench.product import Product, machine, product
from listserv.adapters.bundled_redis import command
from workers.context import kit
from workers.stop import Stop
from workers.worker import WarmWorker

WAYS: dict[str, type[BaseWorker]] = {
    "WarmWorker (ours)": WarmWorker,
    "SimpleWorker": SimpleWorker,
    "Worker (forks)": Worker,
    "SpawnWorker": SpawnWorker,
}


def nothing() -> int:
    """A job: all that it costs is RQ's."""
    return 0


def look() -> int:
    """A job: asks the database one question, as each of ours does first."""
    with kit().database.reading() as tx:
        return int(tx.session.connection().exec_driver_sql("SELECT 1").scalar() or 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=300)
    parser.add_argument("--slow-jobs", type=int, default=10, help="for the slowest way")
    asked = parser.parse_args()
    rows = []
    with _redis() as url, product(1) as house:
        for way in WAYS:
            number = asked.slow_jobs if way == "SpawnWorker" else asked.jobs
            for job in ("nothing", "look"):
                rows.append(_measure(house, url, way, job, number))
                print("{way}, {job}: {jobs_per_second} jobs/s".format(**rows[-1]), file=sys.stderr)
    print(json.dumps({"rows": rows, **machine()}, indent=2))


def _measure(house: Product, url: str, way: str, job: str, number: int) -> dict[str, Any]:
    connection = Redis.from_url(url)
    connection.flushall()
    queue = Queue("bench", connection=connection, serializer=JSONSerializer)
    for _ in range(number):
        queue.enqueue_call(f"bench.jobs.{job}", result_ttl=0, timeout=60)
    commands = _commands(connection)
    done = subprocess.run(
        [sys.executable, "-c", f"from bench.jobs import work; work({way!r}, {url!r})"],
        env=house.environment | {"PYTHONPATH": str(Path.cwd())},
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    used = json.loads(done.stdout.splitlines()[-1])
    return {
        "way": way,
        "job": job,
        "jobs": number,
        "jobs_per_second": round(number / used["seconds"], 1),
        "cpu_ms_a_job": round(used["cpu"] / number * 1000, 2),
        "redis_commands_a_job": round((_commands(connection) - commands) / number, 1),
    }


def work(way: str, url: str) -> None:
    """In a process of its own: until the queue is empty. Its start is not counted."""
    connection = Redis.from_url(url)
    worker = WAYS[way](["bench"], connection=connection, serializer=JSONSerializer)
    if isinstance(worker, WarmWorker):
        worker.stop = Stop()
    before, started = os.times(), time.monotonic()
    worker.work(burst=True, logging_level="ERROR")
    after, seconds = os.times(), time.monotonic() - started
    cpu = sum(after[:4]) - sum(before[:4])  # its own, and that of its children
    print(json.dumps({"seconds": seconds, "cpu": cpu}))


def _commands(connection: "Redis") -> int:
    info: Any = connection.info("stats")
    return int(info["total_commands_processed"])


@contextmanager
def _redis() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "socket" / "redis.sock"
        server = subprocess.Popen(command(path, Path(folder) / "data"))
        try:
            while not path.exists():
                time.sleep(0.05)
            yield f"unix://{path}"
        finally:
            server.terminate()
            server.wait(10)


if __name__ == "__main__":
    main()
