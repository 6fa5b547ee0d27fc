"""A real Redis of the tests' own: private, on a Unix socket, and easy to hurt."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from redis import Redis
from redis.exceptions import RedisError

from listserv.adapters import bundled_redis
from listserv.adapters.rq_queue import connect
from tests.waiting import wait_for


@dataclass
class RedisServer:
    """The server that `quietlist up` would start, in a folder of its own."""

    folder: Path
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def socket(self) -> Path:
        return self.folder / "redis.sock"

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    @property
    def client(self) -> Redis:
        return connect(self.url)

    def start(self) -> None:
        """Returns once it answers."""
        command = bundled_redis.command(self.socket, self.folder)
        self.process = subprocess.Popen(
            # It ends with the tests, even when those are killed.
            ["setpriv", "--pdeathsig=KILL", *command],
            stdin=subprocess.DEVNULL,
        )
        wait_for(self._answers, "an answer of Redis")

    def kill(self) -> None:
        """As the out-of-memory killer would."""
        self._signal(signal.SIGKILL)
        assert self.process
        self.process.wait(5)

    def freeze(self) -> None:
        """It keeps its connections, and says nothing more."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        assert self.process
        self.process.send_signal(number)

    def _answers(self) -> bool:
        with suppress(RedisError, OSError), self.client as client:
            return bool(client.ping())
        return False


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    """Runs until the block ends."""
    # A short name: a Unix socket's path has 107 bytes at most.
    server = RedisServer(Path(mkdtemp(prefix="quietlist-redis-")))
    try:
        server.start()
        yield server
    finally:
        if server.process:
            server.kill()
        rmtree(server.folder, ignore_errors=True)
