"""Postfix's smtp-sink, which takes everything and counts it, and its twin smtp-source."""

import re
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from bench.product import free_port, wait_for_port

# The sink tells of every message: who listens each time takes a core from those it measures.
_LOOK_SECONDS = 0.002


class Sink:
    """Counts the messages that it has taken. Use as a context manager."""

    def __init__(self) -> None:
        self.port = free_port()
        self.taken = 0
        self.last_at = 0.0
        self._changed = threading.Condition()

    def __enter__(self) -> "Sink":
        program = shutil.which("smtp-sink") or "/usr/sbin/smtp-sink"
        self._process = subprocess.Popen(
            [program, "-c", "-u", "nobody", f"127.0.0.1:{self.port}", "256"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        wait_for_port(self.port)
        threading.Thread(target=self._count, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(10)

    def wait_for(self, total: int, seconds: float) -> float:
        """The monotonic time at which that many had been taken in all."""
        ends = time.monotonic() + seconds
        with self._changed:
            while self.taken < total:
                left = ends - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"{self.taken} of {total} arrived")
                self._changed.wait(left)
            return self.last_at

    def settled(self) -> int:
        """How many it has taken, once it has told of them all."""
        seen = -1
        while seen != self.taken:
            seen = self.taken
            time.sleep(0.3)
        return seen

    def _count(self) -> None:
        output = self._process.stdout
        assert output is not None
        rest = b""
        while piece := output.read1(65536):  # type: ignore[attr-defined]  # it is a buffered pipe
            now = time.monotonic()
            numbers = re.findall(rb"mesg=(\d+)", rest + piece)
            rest = piece[-40:]
            if numbers:
                with self._changed:
                    self.taken, self.last_at = int(numbers[-1]), now
                    self._changed.notify_all()
            time.sleep(_LOOK_SECONDS)


def source(port: int, message: bytes, number: int, sessions: int) -> float:
    """Sends with `smtp-source -d`, one recipient a transaction; returns messages a second."""
    program = shutil.which("smtp-source") or "/usr/sbin/smtp-source"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "message"
        path.write_bytes(message.replace(b"\r\n", b"\n"))
        started = time.monotonic()
        subprocess.run(
            [
                program, "-d", "-s", str(sessions), "-m", str(number), "-F", str(path),
                "-f", "bounces@example.org", "-t", "member@members.example.net",
                f"127.0.0.1:{port}",
            ],
            check=True,
        )  # fmt: skip
        return number / (time.monotonic() - started)
