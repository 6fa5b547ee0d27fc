"""The tick, in a process of its own and with a sweep of our own."""

import subprocess
import sys

PROGRAM = """
import os, signal, sys
from listserv.domain.errors import Unavailable
from listserv.logs import start_logging
from listserv.settings import Settings
from workers import schedule

rounds = []

def sweep(kit):
    rounds.append(kit)
    print("sweep", kit, flush=True)
    if len(rounds) == 1:
        raise Unavailable("ann@example.org")
    if len(rounds) == 2:
        raise ValueError("ann@example.org")
    if len(rounds) == 3:
        os.kill(os.getpid(), signal.SIGTERM)
        print("swept", flush=True)

schedule.build_kit = lambda settings, part: part
schedule.sweep = sweep
schedule.TICK_SECONDS = 0.01
start_logging("scheduler")
schedule.run(Settings())
print("returned", flush=True)
"""


def test_it_sweeps_again_after_any_failure_and_returns_when_asked() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], check=False, capture_output=True, text=True, timeout=20
    )
    assert done.returncode == 0
    assert done.stdout.splitlines() == ["sweep scheduler"] * 3 + ["swept", "returned"]
    assert "sweep_failed error=Unavailable" in done.stderr
    assert "sweep_failed error=ValueError" in done.stderr
    assert "ann@" not in done.stderr
