"""A post goes out while its relay misbehaves: everybody gets it, and nearly nobody twice."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from listserv.adapters.smtp_relay import SmtpRelay
from listserv.domain.delivery import DeliveryState
from listserv.domain.mailing_list import MailingList
from listserv.domain.routing import ToList
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.create_list import create_list
from listserv.services.deliver import deliver
from listserv.services.fan_out import fan_out
from listserv.services.receive_post import receive_post
from listserv.services.status import status
from listserv.services.sweep import sweep
from listserv.store.tables import BounceRow, DeliveryRow
from tests.fakes import World
from tests.integration.relay.scripted_relay import CLOSE, LOST, ScriptedRelay, running
from tests.unit.services.mail_samples import ANN, from_ann, plain

PEOPLE = [ANN, *(f"member{number:02}@example.net" for number in range(29))]
SOME, OTHERS = PEOPLE[5:9], PEOPLE[20:24]
HOUR = 3600

ways = pytest.mark.parametrize(
    ("extensions", "connections"),
    [(("PIPELINING",), 3), ((), 1)],
    ids=["pipelined over three", "step by step over one"],
)


@pytest.fixture
def group(world: World) -> MailingList:
    made = create_list(world.kit, "group@example.org")
    list(add_members(world.kit, made.address, [Newcomer(person) for person in PEOPLE]))
    return change_list(world.kit, made.address, {"sender_proof": "off"})


class House:
    """The sending half: a kit with a real relay, and the jobs that were rung for."""

    def __init__(self, world: World, relay: ScriptedRelay, connections: int = 1) -> None:
        self.world = world
        self._smtp = SmtpRelay(f"smtp://127.0.0.1:{relay.port}", "lists.example.org", connections)
        self.kit = replace(world.kit, relay=self._smtp)
        receive_post(self.kit, ToList(1), from_ann(), plain())
        self.work()

    def work(self) -> None:
        """What a worker does until nothing is rung for."""
        jobs: dict[str, Callable[..., int]] = {
            "workers.jobs.fan_out": fan_out,
            "workers.jobs.deliver": deliver,
        }
        while self.world.queue.rung:
            job = self.world.queue.rung.pop(0)
            if job.function in jobs:
                jobs[job.function](self.kit, *job.ids)

    def time_passes(self, seconds: int, sweep_every: int = 10) -> None:
        for _ in range(0, seconds, sweep_every):
            self.world.clock.go(seconds=sweep_every)
            sweep(self.kit)
            self.work()

    def copies(self) -> dict[str, int]:
        return {state: n for state, n in status(self.kit).copies.by_state.items() if n}

    def attempts(self) -> list[int]:
        with self.kit.database.reading() as tx:
            return list(tx.session.scalars(select(DeliveryRow.attempts)))


def named(*people: str, said: str) -> Callable[[str], str | None]:
    """Refuses these recipients."""
    lines = {f"RCPT TO:<{person}>" for person in people}
    return lambda line: said if line in lines else None


def at(word: str, number: int, said: str) -> Callable[[str], str | None]:
    """Answers that way once, the `number`th time that a line begins with `word`."""
    numbers: Iterator[int] = iter(range(10_000))
    return lambda line: said if line.partition(" ")[0] == word and next(numbers) == number else None


@ways
def test_a_relay_that_is_away_for_an_hour_is_left_in_peace(
    world: World, group: MailingList, extensions: tuple[str, ...], connections: int
) -> None:
    with running(ScriptedRelay(lambda line: "421 not now", extensions)) as relay:
        house = House(world, relay, connections)
        house.time_passes(HOUR, sweep_every=30)
        assert house.copies() == {"pending": len(PEOPLE)}
        assert 100 < relay.connections <= 1 + HOUR / 30  # one look a sweep
        assert house.attempts() == [0] * len(PEOPLE)  # it was not the copies' fault
        relay.answer = lambda line: None
        house.time_passes(60)
    assert Counter(relay.delivered) == Counter(PEOPLE)
    assert house.copies() == {"sent": len(PEOPLE)}


@ways
def test_later_for_some_and_never_for_others(
    world: World, group: MailingList, extensions: tuple[str, ...], connections: int
) -> None:
    later, never = named(*SOME, said="451 4.7.1 later"), named(*OTHERS, said="550 5.1.1 nobody")
    with running(ScriptedRelay(lambda line: later(line) or never(line), extensions)) as relay:
        house = House(world, relay, connections)
        assert house.copies() == {"sent": 22, "deferred": len(SOME), "failed": len(OTHERS)}
        relay.answer = never
        house.time_passes(70)
        assert house.copies() == {"sent": 26, "failed": len(OTHERS)}
    assert Counter(relay.delivered) == Counter(set(PEOPLE) - set(OTHERS))
    with house.kit.database.reading() as tx:
        assert [row.hard for row in tx.session.scalars(select(BounceRow))] == [1] * len(OTHERS)


@ways
@pytest.mark.parametrize("word", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "LINE", "DOT"])
@pytest.mark.parametrize("said", [CLOSE, "hello there"])
def test_a_connection_that_breaks_costs_no_copy_and_doubles_none(
    world: World,
    group: MailingList,
    extensions: tuple[str, ...],
    connections: int,
    word: str,
    said: str,
) -> None:
    number = 0 if word in ("CONNECT", "EHLO") else 7
    with running(ScriptedRelay(at(word, number, said), extensions)) as relay:
        house = House(world, relay, connections)
        house.time_passes(120)
    assert house.copies() == {"sent": len(PEOPLE)}
    assert Counter(relay.delivered) == Counter(PEOPLE)


@ways
def test_an_answer_that_is_lost_after_the_last_dot_doubles_one_copy(
    world: World, group: MailingList, extensions: tuple[str, ...], connections: int
) -> None:
    with running(ScriptedRelay(at("DOT", 7, LOST), extensions)) as relay:
        house = House(world, relay, connections)
        house.time_passes(120)
    assert house.copies() == {"sent": len(PEOPLE)}
    count = Counter(relay.delivered)
    assert set(count) == set(PEOPLE)
    assert sorted(count.values())[-2:] == [1, 2]


@ways
def test_a_slow_relay_gets_each_copy_once(
    world: World, group: MailingList, extensions: tuple[str, ...], connections: int
) -> None:
    relay = ScriptedRelay(extensions=extensions)

    def slowly(line: str) -> None:
        if line == "DOT":
            relay.stopped.wait(0.02)

    relay.answer = slowly
    with running(relay):
        house = House(world, relay, connections)
        assert house.copies() == {"sent": len(PEOPLE)}
    assert Counter(relay.delivered) == Counter(PEOPLE)
    assert relay.connections <= connections


@ways
def test_a_post_larger_than_the_relay_takes_is_nobody_s_bounce(
    world: World, group: MailingList, extensions: tuple[str, ...], connections: int
) -> None:
    with running(ScriptedRelay(extensions=(*extensions, "SIZE 100"))) as relay:
        house = House(world, relay, connections)
        assert house.copies() == {"failed": len(PEOPLE)}
    assert relay.delivered == []
    with house.kit.database.reading() as tx:
        assert tx.session.scalars(select(BounceRow)).all() == []
        states = tx.session.execute(select(DeliveryRow.state, DeliveryRow.status).distinct())
        assert states.all() == [(DeliveryState.FAILED, "552")]


@ways
def test_a_relay_that_wants_a_new_connection_for_each_mail_gets_them(
    world: World, group: MailingList, extensions: tuple[str, ...], connections: int
) -> None:
    def one_each(line: str) -> str | None:
        busy = len(relay.delivered) >= relay.connections
        return "421 one is enough" if line.startswith("MAIL") and busy else None

    relay = ScriptedRelay(one_each, extensions)
    with running(relay):
        house = House(world, relay, connections)
        house.time_passes(HOUR, sweep_every=60)
    assert house.copies() == {"sent": len(PEOPLE)}
    assert Counter(relay.delivered) == Counter(PEOPLE)
