"""How long after its 250 is the first copy of a small post at the relay, on an idle machine?"""

import statistics
import time

from bench import mails
from bench.product import Product
from bench.sink import Sink

SMALL = "small@lists.example.org"
MEMBERS = 5
POSTS = 12
# Some come soon after the last, and some when a worker has waited for a while.
PAUSES = (0.3, 2.5)


def make_small_list(house: Product) -> None:
    house.make_list(SMALL, MEMBERS)


def first_copy_ms(house: Product, sink: Sink, run: str) -> dict[str, float]:
    """Median and slowest of several posts, one after the other; the first one warms up.

    run: keeps its posts from being taken for those of another run.
    """
    waits = []
    for count in range(POSTS + 1):
        before = sink.settled()
        time.sleep(PAUSES[count % len(PAUSES)])
        house.hand_in(mails.post(SMALL, mails.SENDER, f"small-{run}-{count}"), SMALL)
        taken_at = time.monotonic()
        waits.append(sink.wait_for(before + 1, 60) - taken_at)
        sink.wait_for(before + MEMBERS, 60)
    return {
        "first_copy_ms": round(statistics.median(waits[1:]) * 1000, 1),
        "first_copy_slowest_ms": round(max(waits[1:]) * 1000, 1),
    }
