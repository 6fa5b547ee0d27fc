"""Redis is only a doorbell: emptied, killed or away, no mail is lost and every copy arrives."""

import os
import signal
from collections import Counter
from contextlib import closing, suppress
from time import monotonic

from redis import Redis
from redis.exceptions import ConnectionError as RedisAway

from listserv.adapters import bundled_redis
from tests.end_to_end.conftest import MakeStack
from tests.sink import Sink
from tests.stack import Stack, free_port, mail, members
from tests.waiting import wait_for

PEOPLE = members(120)
POSTS = 3


def _busy_house(make_stack: MakeStack, sink: Sink) -> Stack:
    """Copies are on their way, and two more posts wait behind them."""
    house = make_stack(relay_url=sink.url)
    house.up()
    house.make_list(PEOPLE)
    sink.shut_after(30)
    for number in range(POSTS):
        house.send(mail(sender=PEOPLE[0], subject=f"Number {number}"))
    wait_for(lambda: sink.is_shut, "copies on their way")
    return house


def _everything_arrives_once(house: Stack, sink: Sink) -> None:
    sink.go_on()
    wait_for(lambda: house.status()["deliveries"]["sent"] == POSTS * len(PEOPLE), "every copy")
    assert sink.count() == Counter(PEOPLE * POSTS)


def test_everything_in_redis_is_erased_in_the_middle_of_a_run(
    make_stack: MakeStack, sink: Sink
) -> None:
    house = _busy_house(make_stack, sink)
    with closing(_redis(house)) as server:
        assert server.flushall()
    _everything_arrives_once(house, sink)


def test_redis_is_killed_in_the_middle_of_a_run_and_loses_its_memory(
    make_stack: MakeStack, sink: Sink
) -> None:
    house = _busy_house(make_stack, sink)
    for path in (house.data / "redis" / "appendonlydir").iterdir():
        path.unlink()
    (old,) = house.pids("redis")
    os.kill(old, signal.SIGKILL)
    wait_for(lambda: _answers(house), "a new Redis")
    assert house.pids("redis") != [old]
    _everything_arrives_once(house, sink)


def test_with_redis_away_mail_is_taken_and_goes_out_once_it_is_back(
    make_stack: MakeStack, sink: Sink
) -> None:
    port = free_port()
    house = make_stack(relay_url=sink.url, redis_url=f"redis://127.0.0.1:{port}/0")
    house.up()
    house.make_list(PEOPLE[:10])
    for number in range(2):
        began = monotonic()
        house.send(mail(sender=PEOPLE[0], subject=f"Number {number}"))  # answered 250
        assert monotonic() - began < 2
    health = house.get("/healthz")
    assert health.status == 200
    assert '"redis":"down"' in health.text.replace(" ", "")
    assert house.status()["redis"] == "down"
    assert house.get("/").status == 200
    assert len(sink) == 0

    _start_redis(house, port)
    wait_for(lambda: len(sink) == 20, "every copy", 40)
    assert sink.count() == Counter(PEOPLE[:10] * 2)
    wait_for(lambda: house.status()["redis"] == "ok", "good health")
    assert "Traceback" not in house.said()


def _start_redis(house: Stack, port: int) -> None:
    house.start_program(
        str(bundled_redis.find_server()), "--port", str(port), "--bind", "127.0.0.1", "--save", ""
    )


def _redis(house: Stack) -> "Redis":
    return Redis(unix_socket_path=str(house.data / "redis" / "redis.sock"))


def _answers(house: Stack) -> bool:
    with suppress(RedisAway), closing(_redis(house)) as server:
        return bool(server.ping())
    return False
