"""Are any copies missing or doubled when parts are killed by force, over and over?

A fan-out to a big list, to a relay that takes its time, while a random part, or
all of `up`, is killed at random moments. Nothing may be missing; doubled at most
is what a killed worker had sent and not written down.
"""

import argparse
import json
import random
import sys

from bench.product import machine
from tests.killing import PARTS, WORKERS, take_toll
from tests.sink import sinking
from tests.stack import members, stack

PACE = 0.06  # seconds that the relay thinks about each copy


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)  # noqa: S311  # any moment will do
    people = members(asked.members)
    parts = chance.choices(PARTS, weights=[5 if p == "worker" else 2 for p in PARTS], k=asked.kills)
    with sinking() as sink, stack({"relay_url": sink.url, "workers": str(WORKERS)}) as house:
        sink.pace = PACE
        house.up()
        house.make_list(people)
        toll = take_toll(house, sink, people, parts, chance)
    result = {
        "members": asked.members,
        "seed": asked.seed,
        "kills": dict(toll.kills),
        "missing": toll.missing,
        "doubled": toll.doubled,
        "doubled_allowed": toll.allowed,
        "most_for_one": 1 + max(toll.extra.values(), default=0),
        "seconds": round(toll.seconds, 1),
        "seconds_after_last_kill": round(toll.after_last_kill, 1),
        **machine(),
    }
    print(json.dumps(result, indent=2))
    if toll.missing or toll.doubled > toll.allowed:
        sys.exit("copies are missing, or too many are doubled")


if __name__ == "__main__":
    main()
