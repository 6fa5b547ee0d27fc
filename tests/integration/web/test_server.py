"""The process that serves the pages, as it is started on a machine of its own."""

import http.client
import json
import os
import signal
import socket
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic

import pytest

from listserv.bootstrap import build_kit
from listserv.services.add_members import Newcomer, add_members
from listserv.services.create_list import create_list
from listserv.settings import Settings
from tests.stack import Machine, free_port
from tests.waiting import wait_for

MOST_SECONDS_TO_STOP = 4.0


class Site:
    """A `quietlist web` of its own, with one list and one member."""

    def __init__(self, machine: Machine, port: int) -> None:
        self.machine = machine
        self.port = port
        settings = Settings(data_dir=str(machine.data))
        kit = build_kit(settings, "test")
        create_list(kit, "group@example.org", "Quiet evenings")
        list(add_members(kit, "group@example.org", [Newcomer("ann@example.net")]))
        self.leave_path = f"/unsubscribe/{kit.tokens.unsubscribe(1)}"
        kit.database.engine.dispose()
        self.process = machine.start("web")
        wait_for(lambda: "web_ready" in machine.said(), "the pages")

    def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)) as client:
            client.request(method, path, body)
            answer = client.getresponse()
            return answer.status, answer.read()

    def say(self, words: bytes) -> bytes:
        """The first line of the answer to anything at all."""
        with closing(socket.create_connection(("127.0.0.1", self.port), 10)) as client:
            client.sendall(words)
            return client.recv(10_000).partition(b"\r\n")[0]

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Somebody else writes for a long time."""
        with closing(sqlite3.connect(self.machine.data / "quietlist.db")) as base:
            base.isolation_level = None
            base.execute("BEGIN IMMEDIATE")
            yield
            base.execute("ROLLBACK")

    def stop(self) -> float:
        """How many seconds it took to end in order."""
        began = monotonic()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(20) == 0
        return monotonic() - began


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    made = Machine(tmp_path)
    made.settings["web_listen"] = f"127.0.0.1:{free_port()}"
    made.quietlist("db", "upgrade")
    yield made
    made.end()


@pytest.fixture
def site(machine: Machine) -> Site:
    return Site(machine, int(machine.settings["web_listen"].rpartition(":")[2]))


def test_it_serves_from_one_process_that_is_called_web(site: Site) -> None:
    assert site.ask("GET", "/")[0] == 200
    (line,) = site.machine.processes().values()
    assert line.endswith("/quietlist web") and "worker" not in line


def test_it_stops_in_order(site: Site) -> None:
    site.ask("GET", "/")
    assert site.stop() < MOST_SECONDS_TO_STOP
    assert "web_ended" in site.machine.said()


def test_an_answer_that_is_due_is_still_given(site: Site) -> None:
    with ThreadPoolExecutor(1) as threads:
        with site.locked():
            leaving = threads.submit(site.ask, "POST", site.leave_path)
            assert site.ask("GET", "/")[0] == 200  # which came later
            assert not leaving.done()
            began = monotonic()
            site.process.send_signal(signal.SIGTERM)
        assert leaving.result(20)[0] == 200
        assert site.process.wait(20) == 0
        assert monotonic() - began < MOST_SECONDS_TO_STOP


def test_an_answer_that_never_comes_does_not_keep_it(site: Site) -> None:
    with ThreadPoolExecutor(1) as threads, site.locked():
        leaving = threads.submit(site.ask, "POST", site.leave_path)
        site.ask("GET", "/")
        assert site.stop() < MOST_SECONDS_TO_STOP
        assert isinstance(leaving.exception(20), OSError | http.client.HTTPException)


def test_health_is_told_soon_while_redis_is_frozen(machine: Machine, tmp_path: Path) -> None:
    with closing(socket.socket(socket.AF_UNIX)) as frozen:
        frozen.bind(os.fspath(tmp_path / "frozen.sock"))
        frozen.listen()  # takes connections, and never answers
        machine.settings["redis_url"] = f"unix://{tmp_path / 'frozen.sock'}"
        site = Site(machine, int(machine.settings["web_listen"].rpartition(":")[2]))
        for _ in range(3):
            began = monotonic()
            status, body = site.ask("GET", "/healthz")
            assert monotonic() - began < 2
            assert (status, json.loads(body)["status"]) == (200, "degraded")


def test_nothing_of_a_request_is_logged(site: Site) -> None:
    site.ask("GET", site.leave_path)
    site.ask("POST", "/unsubscribe/" + "b" * 26, b"x" * 100_000)
    assert b" 400 " in site.say(b"GET /broken\0 nonsense\r\n\r\n")
    long = b"POST /broken HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\n\r\n"
    assert b" 413 " in site.say(long)
    site.stop()
    said = site.machine.said()
    for mark in (site.leave_path[-26:], "b" * 26, "127.0.0.1", "broken", "Traceback"):
        assert mark not in said


def test_a_taken_port_is_said_in_one_line(machine: Machine) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        machine.settings["web_listen"] = f"127.0.0.1:{taken.getsockname()[1]}"
        done = machine.run("web")
    assert done.returncode in (1, 2)  # which of them, the command line decides
    assert (
        done.stderr.strip().splitlines()[-1].startswith("The pages cannot be served on 127.0.0.1")
    )
    assert "Traceback" not in done.stderr
