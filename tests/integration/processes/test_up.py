"""`quietlist up`: one session, nothing left behind, and plain words when it cannot start."""

import fcntl
import os
import signal
import socket
import subprocess
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.stack import QUIETLIST, Stack, stack
from tests.waiting import wait_for

# Everything ends within five seconds; a machine that is busy with other tests is granted more.
END = 20.0


@pytest.fixture
def machine() -> Iterator[Stack]:
    with stack() as made:
        yield made


@pytest.fixture(scope="module")
def shared() -> Iterator[Stack]:
    """It runs for all tests that leave it running: a start costs seconds."""
    with stack() as made:
        made.up()
        yield made


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """Both ends of a terminal: what a person types into, and what a program reads."""
    person, program = os.openpty()
    yield person, program
    os.close(person)
    os.close(program)


def leader(machine: Stack) -> int:
    """The process that supervises."""
    (found,) = [pid for pid in machine.pids("up") if os.getsid(pid) == pid]
    return found


def gone(machine: Stack) -> bool:
    return not machine.processes()


@contextmanager
def begun(machine: Stack, *command: str | Path, **how: Any) -> Iterator["subprocess.Popen[bytes]"]:
    """A program that leads a session; a test that fails does not wait for its end."""
    with subprocess.Popen(
        command, cwd=machine.folder, env=machine.environment, start_new_session=True, **how
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def made(
    machine: Stack, folder: Path, terminal: int | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """`make run`, as our Makefile has it, leading the session of a terminal; once it runs."""
    makefile = folder / "Makefile"
    makefile.write_text(f"run:\n\t@exec {QUIETLIST} up --attached\n")

    def take_terminal() -> None:
        if terminal is not None:
            fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)

    said = (machine.folder / "terminal.out").open("wb")
    stdin = subprocess.DEVNULL if terminal is None else terminal
    # No thread of the tests holds a lock when take_terminal runs.
    streams = {"stdin": stdin, "stdout": said, "stderr": said}
    with begun(machine, "make", "-f", makefile, "run", **streams, preexec_fn=take_terminal) as make:
        said.close()
        wait_for(lambda: "Quietlist is running" in machine.said(), "the greeting", 40)
        yield make


def test_all_parts_run_in_a_session_of_their_own(shared: Stack) -> None:
    parts = ["redis", "gateway", "web", "worker", "scheduler"]
    running = {part: shared.pids(part) for part in parts}
    assert {part: len(pids) for part, pids in running.items()} == {
        **dict.fromkeys(parts, 1),
        "worker": 2,
    }, shared.said()
    sessions = {os.getsid(pid) for pids in running.values() for pid in pids}
    assert sessions == {leader(shared)}
    assert os.getsid(0) not in sessions


def test_no_other_command_line_speaks_of_workers(shared: Stack) -> None:
    lines = [line for line in shared.processes().values() if "worker" in line]
    assert len(lines) == 2, shared.said()
    assert all(line.endswith("quietlist worker") for line in lines)


@pytest.mark.parametrize("part", ["redis", "gateway", "web", "worker", "scheduler"])
def test_a_part_that_is_killed_comes_back(shared: Stack, part: str) -> None:
    before = shared.pids(part)
    deaths = shared.said().count("part_died")
    os.kill(before[0], signal.SIGKILL)

    def back() -> bool:
        now = shared.pids(part)
        return len(now) == len(before) and before[0] not in now

    wait_for(back, f"another {part}")
    assert shared.said().count("part_died") == deaths + 1


def test_a_second_one_on_the_same_data_is_refused(shared: Stack) -> None:
    second = shared.run("up")
    assert second.returncode == 1
    assert second.stdout == ""
    assert second.stderr == f"Quietlist runs already on the data in {shared.data}.\n"


@pytest.fixture
def heard_hang_up() -> Iterator[None]:
    """Tests that are run under nohup would hand on that SIGHUP is to be ignored."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("heard_hang_up")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_a_signal_stops_all_of_it(machine: Stack, number: signal.Signals) -> None:
    process = machine.up()
    process.send_signal(number)
    assert process.wait(END) == 0
    assert gone(machine)
    assert "part_killed" not in machine.said()


def test_a_signal_right_at_the_start_is_not_lost(machine: Stack) -> None:
    process = machine.start("up")
    wait_for(lambda: len(machine.pids("up")) == 2, "the two processes of `up`")
    process.send_signal(signal.SIGTERM)
    process.wait(END)
    wait_for(lambda: gone(machine), "the end of everything", END)


def test_ctrl_c_at_a_terminal_stops_all_of_it(
    machine: Stack, terminal: tuple[int, int], tmp_path: Path
) -> None:
    person, program = terminal
    with made(machine, tmp_path, program) as make:
        os.write(person, b"\x03")
        make.wait(END)
    assert gone(machine)
    assert "part_died" not in machine.said()


@pytest.mark.usefixtures("heard_hang_up")
def test_a_terminal_that_is_closed_under_make_stops_all_of_it(
    machine: Stack, tmp_path: Path
) -> None:
    person, program = os.openpty()
    with made(machine, tmp_path, program) as make:
        os.close(program)
        os.close(person)
        make.wait(END)
    assert gone(machine)
    assert "part_died" not in machine.said()


def test_make_that_is_killed_leaves_nothing(machine: Stack, tmp_path: Path) -> None:
    with made(machine, tmp_path) as make:
        make.kill()
    wait_for(lambda: gone(machine), "the end of everything", END)
    assert "part_died" not in machine.said()


def test_killing_the_process_in_the_foreground_leaves_nothing(machine: Stack) -> None:
    process = machine.up()
    process.kill()
    wait_for(lambda: gone(machine), "the end of everything", END)


def test_killing_the_supervisor_leaves_nothing(machine: Stack) -> None:
    process = machine.up()
    os.kill(leader(machine), signal.SIGKILL)
    assert process.wait(END) == 1
    wait_for(lambda: gone(machine), "the end of everything", END)
    assert "Quietlist was killed" in machine.said()


def test_it_supervises_by_itself_where_it_leads_the_session(machine: Stack) -> None:
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE}
    with begun(machine, QUIETLIST, "up", **streams) as process:
        assert process.stdout
        assert b"Quietlist is running" in process.stdout.readline()
        assert machine.pids("up") == [process.pid]
        process.terminate()
        assert process.wait(END) == 0
    assert gone(machine)


@pytest.mark.parametrize("name", ["smtp_listen", "web_listen"])
def test_a_port_that_is_taken_is_named(machine: Stack, name: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        place = f"127.0.0.1:{other.getsockname()[1]}"
        machine.settings[name] = place
        refused = machine.run("up")
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"{place} cannot be listened on")
    assert f"QUIETLIST_{name.upper()}" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert gone(machine)


def test_a_database_that_cannot_be_opened_is_an_error(machine: Stack) -> None:
    machine.settings["database_url"] = f"sqlite+pysqlite:///{machine.folder}/none/quietlist.db"
    refused = machine.run("up")
    assert refused.returncode == 1
    assert "`quietlist db upgrade` did not succeed." in refused.stderr
    assert "Traceback" not in refused.stderr
    assert gone(machine)


def test_a_data_directory_with_a_long_name_is_no_matter(machine: Stack) -> None:
    machine.settings["data_dir"] = str(machine.folder / ("long" * 30))
    process = machine.up()
    assert json_status(machine)["redis"] == "ok"
    process.terminate()
    process.wait(END)


def json_status(machine: Stack) -> dict[str, object]:
    found: dict[str, object] = machine.json("status")
    return found
