"""Stop, in processes of its own: a signal that went wrong would end the tests."""

import subprocess
import sys

HEAD = """
import os, signal, sys, threading
from workers.stop import Interrupted, Stop
stop = Stop()
stop.listen()
kill = lambda number=signal.SIGTERM: os.kill(os.getpid(), number)
try:
"""
TAIL = """
except Interrupted:
    print("interrupted", flush=True)
"""


def told(*lines: str, seconds: float = 20) -> tuple[int, list[str]]:
    """The exit code of a process that runs these lines, and what it printed."""
    program = HEAD + "".join(f"    {line}\n" for line in lines) + TAIL
    done = subprocess.run(
        [sys.executable, "-c", program],
        check=False,
        capture_output=True,
        text=True,
        timeout=seconds,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.split()


def test_a_wait_is_broken_off_at_once() -> None:
    assert told("threading.Timer(0.2, kill).start()", "stop.wait(60)", "print('late')") == (
        0,
        ["interrupted"],
    )


def test_ctrl_c_counts_as_well() -> None:
    assert told("kill(signal.SIGINT)", "print('late')") == (0, ["interrupted"])


def test_work_is_finished_first() -> None:
    assert told("with stop.busy():", "    kill()", "    print('done')", "print('late')") == (
        0,
        ["done", "interrupted"],
    )


def test_work_without_a_signal_ends_as_work() -> None:
    assert told("with stop.busy():", "    print('done')", "print('next')") == (0, ["done", "next"])


def test_a_second_signal_changes_nothing() -> None:
    assert told("with stop.busy():", "    kill(); kill()", "    print('done')") == (
        0,
        ["done", "interrupted"],
    )


def test_a_broad_except_does_not_keep_it() -> None:
    lines = ["try:", "    kill()", "except Exception:", "    print('kept')"]
    assert told(*lines) == (0, ["interrupted"])


def test_work_that_does_not_end_is_left() -> None:
    assert told("with stop.busy():", "    kill()", "    threading.Event().wait(60)") == (1, [])
