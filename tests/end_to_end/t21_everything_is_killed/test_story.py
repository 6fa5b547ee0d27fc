"""One part after the other is killed by force while a post goes out; `bench/kills.py` has more."""

import random

from tests.end_to_end.conftest import MakeStack
from tests.killing import PARTS, take_toll
from tests.sink import Sink
from tests.stack import members

PEOPLE = members(400)


def test_nobody_is_left_out_and_few_get_two(make_stack: MakeStack, sink: Sink) -> None:
    sink.pace = 0.05
    house = make_stack(relay_url=sink.url)
    house.up()
    house.make_list(PEOPLE)
    chance = random.Random()  # noqa: S311  # any moment will do
    others = [part for part in PARTS if part not in ("worker", "up")]
    parts = ["worker", "up", *chance.sample(others, 2)]
    chance.shuffle(parts)
    toll = take_toll(house, sink, PEOPLE, parts, chance)
    assert toll.missing == 0
    assert toll.doubled <= toll.allowed, f"{toll.kills}: {toll.doubled} doubled"
    assert toll.after_last_kill < 120
    assert "Traceback" not in house.said()
    assert house.ask("SELECT count(*) FROM deliveries WHERE lease IS NOT NULL") == 0
