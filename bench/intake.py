"""How many posts a second does the gateway take, durably, and how long does each wait for 250?

Every 250 stands behind a commit that was synced to disk. Workers send the
copies meanwhile, on the same cores. Beside it: how often this disk can sync.
"""

import argparse
import json
import os
import smtplib
import statistics
import sys
import threading
import time
from pathlib import Path

from bench import mails
from bench.product import machine, product
from bench.sink import Sink

LIST = "bench@lists.example.org"
SENDER = "member0@members.example.net"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--connections", type=int, default=10)
    parser.add_argument("--posts", type=int, default=1000)
    asked = parser.parse_args()
    with Sink() as sink, product(2, relay_url=f"smtp://127.0.0.1:{sink.port}") as found:
        found.make_list(LIST, 1)
        syncs = _syncs_a_second(Path(found.environment["QUIETLIST_DATA_DIR"]))
        with found.running():
            _send(found.smtp_port, 2, 20, "warm-up")
            began = time.monotonic()
            waits, seconds = _send(found.smtp_port, asked.connections, asked.posts, "post")
            all_sent = sink.wait_for(len(waits) + 20, 300) - began
    waits.sort()
    result = {
        "connections": asked.connections,
        "posts": len(waits),
        "posts_per_second": round(len(waits) / seconds),
        "p50_ms": round(statistics.median(waits) * 1000, 1),
        "p99_ms": round(waits[int(len(waits) * 0.99)] * 1000, 1),
        "all_copies_after_seconds": round(all_sent, 1),
        "disk_syncs_per_second": round(syncs),
        **machine(),
    }
    print(json.dumps(result, indent=2))
    print(
        f"{result['posts_per_second']} posts/s taken, p50 {result['p50_ms']} ms, "
        f"p99 {result['p99_ms']} ms",
        file=sys.stderr,
    )


def _send(port: int, connections: int, posts: int, name: str) -> tuple[list[float], float]:
    """The wait from the end of data to 250 of each post, and the seconds for all."""
    waits: list[float] = []
    each = posts // connections

    def one(number: int) -> None:
        with smtplib.SMTP("127.0.0.1", port) as client:
            client.ehlo()
            for post in range(each):
                mail = mails.post(LIST, SENDER, f"{name}.{number}.{post}")
                client.mail(SENDER)
                client.rcpt(LIST)
                started = time.monotonic()
                code, _ = client.data(mail)
                waits.append(time.monotonic() - started)
                assert code == 250

    threads = [threading.Thread(target=one, args=(n,)) for n in range(connections)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return waits, time.monotonic() - started


def _syncs_a_second(folder: Path) -> float:
    """The limit: 4 KB written and synced, over and over."""
    path = folder / "sync-test"
    number = 200
    with path.open("wb") as file:
        started = time.monotonic()
        for _ in range(number):
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
        taken = time.monotonic() - started
    path.unlink()
    return number / taken


if __name__ == "__main__":
    main()
