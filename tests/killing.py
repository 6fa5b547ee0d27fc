"""Kills parts of a running Quietlist by force, at random moments of a fan-out, and counts."""

import os
import random
import signal
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

from tests.sink import Sink
from tests.stack import Stack, mail
from tests.waiting import wait_for

PARTS = ("worker", "gateway", "web", "scheduler", "redis", "up")
WORKERS = 2
# Outcomes that are not written down yet, and what is on the wire.
WINDOW = 50


@dataclass
class Toll:
    """kills: how often each part was killed. extra: copies more than one, by recipient."""

    missing: int
    extra: Counter[str]
    kills: Counter[str]
    seconds: float
    after_last_kill: float = field(default=0.0)

    @property
    def doubled(self) -> int:
        return self.extra.total()

    @property
    def allowed(self) -> int:
        return WINDOW * (self.kills["worker"] + WORKERS * self.kills["up"])


def kill_one(house: Stack, part: str, chance: random.Random) -> None:
    """Kills one process of that part, and returns once another one sits on its place."""
    before = wait_for(lambda: house.pids(part), f"a living {part}", 60)
    victim = chance.choice(before)
    os.kill(victim, signal.SIGKILL)

    def replaced() -> bool:
        now = house.pids(part)
        return victim not in now and len(now) >= len(before)

    wait_for(replaced, f"a new {part}", 60)


def kill_all(house: Stack) -> None:
    """Kills `up` itself, and with it everything; then somebody starts it again."""
    (leader,) = [pid for pid in house.pids("up") if os.getsid(pid) == pid]
    os.kill(leader, signal.SIGKILL)
    wait_for(lambda: not house.processes(), "the end of every process", 10)
    house.up()


def take_toll(
    house: Stack, sink: Sink, people: Sequence[str], parts: Sequence[str], chance: random.Random
) -> Toll:
    """Posts once, and kills these parts one after the other while the copies go out."""
    gates = sorted(chance.sample(range(1, int(len(people) * 0.9)), len(parts)))
    began = monotonic()
    house.send(mail(sender=people[0]))
    for gate, part in zip(gates, parts, strict=True):
        _wait_for_copies(sink, gate)
        if part == "up":
            kill_all(house)
        else:
            kill_one(house, part, chance)
    last_kill = monotonic()
    wait_for(lambda: _nothing_waits(house, len(people)), "the last copy", 120)
    count = sink.count()
    extra = Counter({person: copies - 1 for person, copies in count.items() if copies > 1})
    missing = len(set(people) - set(count))
    now = monotonic()
    return Toll(missing, extra, Counter(parts), now - began, now - last_kill)


def _wait_for_copies(sink: Sink, number: int) -> None:
    wait_for(lambda: len(sink) >= number, f"copy number {number}", 120)


def _nothing_waits(house: Stack, people: int) -> bool:
    return int(house.status()["deliveries"]["sent"]) >= people
