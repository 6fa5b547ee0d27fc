"""How long a worker stays with the copies of one list, and when it asks for help."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

import pytest

from listserv.domain import jobs
from listserv.domain.decision import Accept
from listserv.domain.delivery import NotTried, Outcome
from listserv.domain.mailing_list import MailingList
from listserv.domain.ports import OutboundMessage
from listserv.domain.routing import ToList
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.create_list import create_list
from listserv.services.deliver import MOST_SECONDS, OVERTIME_SECONDS, SLICE_SECONDS, deliver
from listserv.services.fan_out import fan_out
from listserv.services.receive_post import receive_post
from listserv.services.status import status
from tests.fakes import FakeClock, FakeQueue, FakeRelay, World
from tests.unit.services.mail_samples import ANN, from_ann, plain
from workers.stop import GRACE_SECONDS

T = TypeVar("T")


@pytest.fixture
def group(world: World) -> MailingList:
    return a_list(world, "group@example.org", 2)


def a_list(world: World, address: str, others: int) -> MailingList:
    """Ann and so many others."""
    made = create_list(world.kit, address)
    people = [Newcomer(ANN), *(Newcomer(f"reader{n}@example.com") for n in range(others))]
    assert all(added.new for added in add_members(world.kit, address, people))
    return change_list(world.kit, made.address, {"sender_proof": "off"})


def states(world: World) -> dict[str, int]:
    return {k: v for k, v in status(world.kit).deliveries.items() if v}


def test_a_slice_that_is_over_rings_for_the_rest(world: World, group: MailingList) -> None:
    slow = SlowRelay(world.clock)
    kit = replace(world.kit, relay=slow)
    assert receive_post(kit, ToList(group.id), from_ann(), plain()) == Accept()
    world.queue.rung.clear()
    fan_out(kit)
    assert len(slow.taken) == 1
    assert world.queue.rung == [jobs.deliver(group.id)]
    assert states(world) == {"sent": 1, "pending": 2}
    deliver(kit, group.id)
    deliver(kit, group.id)
    assert states(world) == {"sent": 3}


@pytest.fixture
def big(world: World) -> MailingList:
    """A list with a post for more copies than one claim takes."""
    made = a_list(world, "big@example.org", 152)
    raw = plain(to=made.address)
    assert receive_post(world.kit, ToList(made.id), from_ann(), raw) == Accept()
    world.queue.rung.clear()
    return made


def test_a_slice_goes_on_while_no_job_waits(world: World, big: MailingList) -> None:
    relay = SlowRelay(world.clock, seconds=0.007)
    fan_out(replace(world.kit, relay=relay))
    assert states(world) == {"sent": 153}
    assert world.queue.rung == [jobs.deliver(big.id)]  # for help, as it is slow


def test_a_slice_ends_soon_when_a_job_waits(world: World, big: MailingList) -> None:
    relay = SlowRelay(world.clock, seconds=0.01)
    fan_out(replace(world.kit, relay=relay, queue=BusyQueue(world.queue.rung)))
    assert states(world) == {"sent": 81, "pending": 72}
    assert world.queue.rung == [jobs.deliver(big.id)] * 2  # for help, and for the rest


def test_a_slice_ends_in_time_for_a_worker_that_is_told_to_stop(
    world: World, big: MailingList
) -> None:
    relay = SlowRelay(world.clock, seconds=0.02)
    fan_out(replace(world.kit, relay=relay))
    assert MOST_SECONDS < len(relay.taken) * 0.02 < GRACE_SECONDS - 1
    assert jobs.deliver(big.id) in world.queue.rung


def test_quick_copies_ask_for_no_help(world: World, big: MailingList) -> None:
    fan_out(replace(world.kit, relay=SlowRelay(world.clock, seconds=0.0001)))
    assert states(world) == {"sent": 153}
    assert world.queue.rung == []


def test_a_bell_for_help_that_nobody_takes_ends_no_slice(world: World, big: MailingList) -> None:
    relay = SlowRelay(world.clock, seconds=0.007)
    fan_out(replace(world.kit, relay=relay, queue=LoneQueue(world.queue.rung)))
    assert states(world) == {"sent": 153}


def test_lists_that_wait_in_the_same_job_get_their_turn(world: World, big: MailingList) -> None:
    other = a_list(world, "other@example.org", 152)
    raw = plain(to=other.address)
    assert receive_post(world.kit, ToList(other.id), from_ann(), raw) == Accept()
    relay = SlowRelay(world.clock, seconds=0.02)
    fan_out(replace(world.kit, relay=relay))
    first = sum("big-bounces" in message.return_path for message in relay.taken)
    assert first * 0.02 <= SLICE_SECONDS + OVERTIME_SECONDS + 0.02
    assert len(relay.taken) > first


class LoneQueue(FakeQueue):
    """Of a worker that is alone: whatever is rung waits."""

    def waiting(self) -> int | None:
        return len(self.rung)


class BusyQueue(FakeQueue):
    """Always has another job that waits."""

    def waiting(self) -> int | None:
        return len(self.rung) + 1


class SlowRelay(FakeRelay):
    """Takes so many seconds for each copy."""

    def __init__(self, clock: FakeClock, seconds: float = 5) -> None:
        super().__init__()
        self._clock, self._seconds = clock, seconds

    def send(
        self, letters: Iterable[tuple[T, OutboundMessage]]
    ) -> Iterator[tuple[T, Outcome | NotTried]]:
        for result in super().send(letters):
            self._clock.go(seconds=self._seconds)
            yield result
