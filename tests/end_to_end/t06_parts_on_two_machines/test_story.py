"""The parts run alone, on two machines that share one PostgreSQL, one Redis and the keys."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from listserv.adapters import bundled_redis
from tests.end_to_end.conftest import MakeStack
from tests.postgres_server import fresh_database
from tests.sink import Sink
from tests.stack import GROUP, Stack, free_port, mail, members
from tests.waiting import wait_for

PEOPLE = members(120)
KEY = "a-key-that-both-machines-were-given-by-hand"


@dataclass(frozen=True)
class Pair:
    """front takes mail, back serves the pages; both have a worker and a scheduler."""

    front: Stack
    back: Stack


@pytest.fixture
def pair(make_stack: MakeStack, sink: Sink, folder: Path, postgres_server: str) -> Iterator[Pair]:
    keys = folder / "keys"
    keys.write_text(f"{KEY}\n")
    keys.chmod(0o600)
    redis_port = free_port()
    with fresh_database(postgres_server) as database:
        shared = {
            "database_url": database,
            "redis_url": f"redis://127.0.0.1:{redis_port}/3",
            "relay_url": sink.url,
        }
        front = make_stack(**shared, secret_keys=KEY)
        back = make_stack(**shared, secret_keys=f"file:{keys}")
        front.settings["base_url"] = back.web_url
        front.start_program(
            str(bundled_redis.find_server()), "--port", str(redis_port), "--bind", "127.0.0.1"
        )
        front.quietlist("db", "upgrade")
        yield Pair(front, back)
        # Nobody may hold the database open when it is dropped.
        front.end()
        back.end()


def _start(pair: Pair) -> None:
    for machine, parts in (
        (pair.front, ("gateway", "worker", "scheduler")),
        (pair.back, ("web", "worker", "scheduler")),
    ):
        for part in parts:
            machine.start(part)
    _wait_for_word(pair.front, "gateway_ready")
    _wait_for_word(pair.back, "web_ready")
    for machine in (pair.front, pair.back):
        _wait_for_word(machine, "worker_ready")
        _wait_for_word(machine, "scheduler_ready")


def _wait_for_word(machine: Stack, word: str) -> None:
    wait_for(lambda: word in machine.said(), word)


def test_a_post_goes_out_once_by_the_workers_of_both(pair: Pair, sink: Sink) -> None:
    pair.back.make_list(PEOPLE)
    _start(pair)
    sink.shut_after(10)
    for number in range(4):
        pair.front.send(mail(sender=PEOPLE[0], subject=f"Number {number}"))
    wait_for(lambda: sink.is_shut, "copies on their way")
    sink.go_on()
    wait_for(lambda: pair.back.status()["deliveries"]["sent"] == 4 * len(PEOPLE), "all copies")
    assert sink.count() == Counter(PEOPLE * 4)

    # A token that one machine made opens the other one's page.
    copy = sink.copies[0]
    token = re.search(r"/unsubscribe/([a-z2-7]+)>", str(copy.message["List-Unsubscribe"]))
    assert token
    assert pair.back.get(f"/unsubscribe/{token[1]}").status == 200
    assert pair.back.get(f"/lists/{GROUP}").status == 200

    for machine in (pair.front, pair.back):
        assert "Traceback" not in machine.said()
        # Nothing but what is shared: neither a key nor a database of its own.
        assert not (machine.data / "keys").exists()
        assert not list(machine.data.glob("*.db"))


def test_each_part_ends_when_it_is_told_to(pair: Pair) -> None:
    _start(pair)
    for machine in (pair.front, pair.back):
        for part in ("gateway", "web", "worker", "scheduler"):
            for pid in machine.pids(part):
                machine.tell(pid)
    wait_for(lambda: _own_processes(pair) == [], "the end of all parts", 8)
    assert "Traceback" not in pair.front.said() + pair.back.said()


def _own_processes(pair: Pair) -> list[str]:
    """All but the Redis that runs beside."""
    lines = [*pair.front.processes().values(), *pair.back.processes().values()]
    return [line for line in lines if "/quietlist " in line]
