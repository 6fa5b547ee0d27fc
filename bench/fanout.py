"""How fast does one post reach a big list, beside `smtp-source -d` with the same bytes?

One recipient a transaction, each copy with its own return path and links, into
Postfix's smtp-sink. Rounds are interleaved with the peer's, so that a busy
machine slows both.
"""

import argparse
import json
import smtplib
import statistics
import sys
import time
from typing import Any

from bench import mails
from bench.product import Product, machine, product
from bench.sink import Sink, source

LIST = "bench@lists.example.org"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    rounds = list(_measure(asked.members, asked.workers, asked.rounds))
    ours = statistics.median(r["ours"] for r in rounds)
    peer = statistics.median(r["peer"] for r in rounds)
    result = {
        "members": asked.members,
        "workers": asked.workers,
        "copies_per_second": round(ours),
        "smtp_source_per_second": round(peer),
        "ratio": round(statistics.median(r["ours"] / r["peer"] for r in rounds), 2),
        "seconds_to_first_copy": round(statistics.median(r["first"] for r in rounds), 3),
        "rounds": rounds,
        **machine(),
    }
    print(json.dumps(result, indent=2))
    print(
        f"{result['copies_per_second']} copies/s, smtp-source -d "
        f"{result['smtp_source_per_second']}/s, ratio {result['ratio']}",
        file=sys.stderr,
    )


def _measure(members: int, workers: int, rounds: int) -> Any:
    with Sink() as sink, product(workers, relay_url=f"smtp://127.0.0.1:{sink.port}") as found:
        found.make_list(LIST, members)
        message = mails.copy(LIST)
        with found.running():
            _post(found, sink, "warm-up", members)
            for number in range(rounds):
                first, ours = _post(found, sink, f"round-{number}", members)
                peer = source(sink.port, message, members, workers)
                sink.wait_for(sink.taken, 1)
                yield {"ours": round(ours), "peer": round(peer), "first": round(first, 3)}


def _post(found: Product, sink: Sink, name: str, members: int) -> tuple[float, float]:
    """Seconds from 250 to the first copy, and copies a second from 250 to the last."""
    before = _settled(sink)
    mail = mails.post(LIST, "member0@members.example.net", name)
    with smtplib.SMTP("127.0.0.1", found.smtp_port) as client:
        client.sendmail("member0@members.example.net", LIST, mail)
        taken_at = time.monotonic()
    first_at = sink.wait_for(before + 1, 60)
    last_at = sink.wait_for(before + members, 600)
    return first_at - taken_at, members / (last_at - taken_at)


def _settled(sink: Sink) -> int:
    """How many the sink has taken, once it has told of them all."""
    seen = -1
    while seen != sink.taken:
        seen = sink.taken
        time.sleep(0.3)
    return seen


if __name__ == "__main__":
    main()
