"""The gateway as a process of its own, over a database of its own."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from listserv.services.create_list import create_list
from smtp_gateway import replies
from tests.fakes import World
from tests.integration.gateway.running import Client
from tests.unit.services.mail_samples import plain

GROUP = "group@example.org"
_READY = re.compile(r"gateway_ready protocol=smtp port=(\d+)")


@dataclass
class Process:
    """port: where it listens. log: its lines so far, all of them once it has ended."""

    process: subprocess.Popen[str]
    port: int = 0
    log: list[str] = field(default_factory=list)
    reading: threading.Thread | None = None

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.ended()

    def ended(self) -> int:
        code = self.process.wait(10)
        if self.reading:
            self.reading.join(10)
        return code


@pytest.fixture
def gateway(world: World, tmp_path: Path) -> Iterator[Process]:
    create_list(world.kit, GROUP)
    environment = {
        **{name: value for name, value in os.environ.items() if "QUIETLIST" not in name},
        "QUIETLIST_DATA_DIR": str(tmp_path / "data"),
        "QUIETLIST_DATABASE_URL": str(world.kit.database.engine.url),
        "QUIETLIST_REDIS_URL": f"unix://{tmp_path}/no-redis-here",
        "QUIETLIST_SMTP_LISTEN": "127.0.0.1:0",
        "QUIETLIST_SECRET_KEYS": "k" * 40,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "listserv", "gateway"],
        env=environment,
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    )
    found = Process(process)
    assert process.stderr is not None
    for line in process.stderr:
        found.log.append(line)
        if ready := _READY.search(line):
            found.port = int(ready[1])
            break
    found.reading = threading.Thread(target=found.log.extend, args=(process.stderr,))
    found.reading.start()
    yield found
    process.kill()
    found.ended()


def test_at_sigterm_the_mail_in_flight_is_finished(gateway: Process) -> None:
    with Client(gateway.port) as idle, Client(gateway.port) as sending:
        idle.hello()
        assert sending.start(GROUP) == replies.OK
        sending.say("DATA")
        gateway.process.send_signal(signal.SIGTERM)
        assert idle.reply() == replies.CLOSING
        sending.send(plain() + b"\r\n.\r\n")
        assert sending.reply() == "250 2.0.0 Taken"
        assert sending.reply() == replies.CLOSING
    assert gateway.ended() == 0


def test_with_nothing_in_flight_it_ends_at_once_and_cleanly(gateway: Process) -> None:
    assert gateway.end() == 0
    assert "gateway_ended" in gateway.log[-1]


def test_its_log_holds_nothing_of_what_was_said(gateway: Process) -> None:
    with Client(gateway.port) as client:
        client.say("FLURBWORD please")
        client.start(GROUP, "ann@example.net")
        client.data(plain(body="plumbranch", sender="ann@example.net"))
        client.start("stranger-name@example.org")
    gateway.end()
    log = "".join(gateway.log).lower()
    assert "received" in log
    for mark in (
        "flurbword",
        "ann@",
        "example.",
        "plumbranch",
        "127.0.0.1",
        "stranger",
        "traceback",
    ):
        assert mark not in log
