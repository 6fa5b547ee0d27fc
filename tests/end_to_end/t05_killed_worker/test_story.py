"""Parts are killed in the middle of a run: no copy is missing, few are doubled, nothing stays."""

import os
import random
import signal
import smtplib
from time import monotonic

import pytest

from tests.end_to_end.conftest import MakeStack
from tests.killing import WINDOW, WORKERS, kill_one
from tests.sink import Sink
from tests.stack import Stack, mail, members
from tests.waiting import wait_for

MANY = members(300)
CHANCE = random.Random()  # noqa: S311  # any of them


def test_workers_and_gateway_are_killed_during_a_fan_out(make_stack: MakeStack, sink: Sink) -> None:
    house = make_stack(relay_url=sink.url)
    house.up()
    house.make_list(MANY)
    sink.shut_after(40)
    house.send(mail(sender=MANY[0]))
    kills = 0
    for gate in (40, 110):
        wait_for(lambda: sink.is_shut, f"copy number {gate}")
        kill_one(house, "worker", CHANCE)
        kills += 1
        sink.shut_after(gate + 70)
    wait_for(lambda: sink.is_shut, "the last stop")
    kill_one(house, "gateway", CHANCE)
    wait_for(lambda: _takes_mail(house), "the new gateway")
    sink.go_on()
    wait_for(lambda: house.status()["deliveries"]["sent"] == len(MANY), "the last copy")
    count = sink.count()
    assert set(count) == set(MANY)
    assert count.total() - len(MANY) <= WINDOW * kills
    assert max(count.values()) <= 1 + kills
    assert house.said().count("part_died") == kills + 1
    assert "part=worker-" in house.said()
    assert "part=gateway" in house.said()


def _takes_mail(house: Stack) -> bool:
    try:
        with smtplib.SMTP("127.0.0.1", house.smtp_port, timeout=5) as client:
            return client.noop()[0] == 250
    except OSError:
        return False


def test_whatever_dies_is_started_again_and_a_second_up_is_refused(make_stack: MakeStack) -> None:
    house = make_stack()
    house.up()
    for part in ("web", "scheduler", "redis"):
        kill_one(house, part, CHANCE)
        assert f"part_died part={part}" in house.said()
    wait_for(lambda: '"redis":"ok"' in _health(house), "good health")
    second = house.run("up")  # while the first one runs
    assert second.returncode == 1
    assert "runs already" in second.stderr
    assert house.get("/healthz").status == 200


def _health(house: Stack) -> str:
    try:
        return house.get("/healthz").text.replace(" ", "")
    except OSError:
        return ""


@pytest.mark.parametrize("who", ["the process that was started", "the leader of the session"])
def test_killing_up_leaves_nothing_behind(make_stack: MakeStack, who: str) -> None:
    house = make_stack()
    front = house.up()
    leaders = [pid for pid in house.pids("up") if pid != front.pid]
    assert leaders
    os.kill(front.pid if who == "the process that was started" else leaders[0], signal.SIGKILL)
    wait_for(lambda: not house.processes(), "the end of every process", 8)
    assert front.wait(5) != 0


def test_all_of_it_is_killed_and_the_next_start_goes_on_at_once(
    make_stack: MakeStack, sink: Sink
) -> None:
    house = make_stack(relay_url=sink.url)
    front = house.up()
    house.make_list(MANY)
    sink.shut_after(40)
    house.send(mail(sender=MANY[0]))
    wait_for(lambda: sink.is_shut, "copies on their way")
    leaders = [pid for pid in house.pids("up") if pid != front.pid]
    os.kill(leaders[0], signal.SIGKILL)
    wait_for(lambda: not house.processes(), "the end of every process", 8)
    assert house.ask("SELECT count(*) FROM deliveries WHERE lease IS NOT NULL") > 0
    sink.go_on()
    house.up()
    # Leases would hold the copies back for a minute.
    wait_for(lambda: house.status()["deliveries"]["sent"] == len(MANY), "every copy", 20)
    count = sink.count()
    assert set(count) == set(MANY)
    assert count.total() - len(MANY) <= WINDOW * WORKERS


def test_control_c_in_the_middle_of_a_run_loses_nothing(make_stack: MakeStack, sink: Sink) -> None:
    house = make_stack(relay_url=sink.url)
    front = house.up()
    house.make_list(MANY[:60])
    sink.shut_after(20)
    house.send(mail(sender=MANY[0]))
    wait_for(lambda: sink.is_shut, "copies on their way")
    began = monotonic()
    os.killpg(front.pid, signal.SIGINT)
    front.wait(10)
    assert monotonic() - began < 5
    assert front.returncode == 0
    assert house.processes() == {}
    assert "Traceback" not in house.said()
    sink.go_on()
    # A worker that hangs on its relay is ended by force; the next on its seat goes on at once.
    house.up()
    wait_for(lambda: house.status()["deliveries"]["sent"] == 60, "the rest of the copies", 20)
    assert set(sink.count()) == set(MANY[:60])
    assert sink.count().total() <= 60 + WINDOW
