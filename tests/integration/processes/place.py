"""A place for one worker or scheduler: a database, a private Redis, and a file of notes."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from listserv.adapters.rq_queue import connect, queues
from listserv.domain.jobs import Lane
from tests.fakes import KEY
from tests.redis_server import RedisServer
from tests.waiting import wait_for

ROOT = Path(__file__).parents[3]
FAKES = "tests.integration.processes.fake_jobs"


@dataclass
class Place:
    """`quietlist worker` and `quietlist scheduler` run here alone, without `up`."""

    folder: Path
    redis: RedisServer
    running: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    @property
    def notes(self) -> list[str]:
        path = self.folder / "notes"
        return path.read_text().split("\n")[:-1] if path.exists() else []

    @property
    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text() if path.exists() else ""

    def start(self, part: str, lease: str = "here:1") -> "subprocess.Popen[bytes]":
        """Returns once the part says that it is ready."""
        said = self.log.count(f"{part}_ready")
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "NOTES": str(self.folder / "notes"),
            "QUIETLIST_DATA_DIR": str(self.folder),
            "QUIETLIST_LEASE": lease,
            "QUIETLIST_SECRET_KEYS": KEY,
        }
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                ["setpriv", "--pdeathsig=KILL", sys.executable, "-m", "listserv", part],
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.running.append(process)
        self.wait(lambda: self.log.count(f"{part}_ready") > said, f"a ready {part}")
        return process

    def enqueue(self, function: str, *arguments: object, lane: Lane = Lane.POSTS) -> None:
        queue = queues(connect(self.redis.url))[lane]
        queue.enqueue_call(f"{FAKES}.{function}", args=arguments, result_ttl=0, failure_ttl=60)

    def wait(self, look: Callable[[], object], what: str) -> None:
        wait_for(look, f"{what}; the log says:\n{self.log}\nwhich", 40)

    def end(self) -> None:
        for process in self.running:
            process.kill()
            process.wait(5)
