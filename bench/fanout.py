"""How fast does one post reach everybody, beside what the same machine can do at best?

A row is a size of list, a number of workers, a way to sign and a database. Each
goes through the whole product into Postfix's smtp-sink, one recipient a
transaction, each copy with its own return path and links. In the same run, in
turn with our rounds, so that a busy machine slows all of them: the same bytes by
`smtp-source -d`, in its one session and in one for each of our workers; by a
crude pipelined sender (the ceiling); and for signed mail `openssl speed` on as
many cores as there are workers.

    python -m bench.fanout                                     one row
    python -m bench.fanout --sign rsa --database postgresql    another
    python -m bench.fanout --all                               all of them; takes hours
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from typing import Any

from bench import mails, processes
from bench.first_copy import first_copy_ms, make_small_list
from bench.pipelined import pipelined
from bench.product import Product, machine, product
from bench.signing import signatures_per_second
from bench.sink import Sink, source
from tests.postgres_server import fresh_database, postgres

DOMAIN = "lists.example.org"
LIST = f"bench@{DOMAIN}"
SIZES = (200, 2_000, 20_000, 100_000)
SIGNED = ("none", "rsa", "ed25519")
DATABASES = ("sqlite", "postgresql")
LONGEST_WAIT = 3_600
# Enough for a peer's rate; more would only make the big rows longer.
PEER_COPIES = 5_000


@dataclass(frozen=True)
class Row:
    """What one line of the table is about."""

    members: int
    workers: int
    sign: str
    database: str


@dataclass(frozen=True)
class Round:
    """Messages a second; signatures only where we sign. cpu: seconds of all workers.

    sessions: of smtp-source with one for each worker; source: with one.
    """

    ours: float
    source: float
    sessions: float
    pipelined: float
    cpu: float
    signatures: float | None


def main() -> None:
    asked = _asked()
    databases = DATABASES if asked.all else (asked.database,)
    sizes = SIZES if asked.all else (asked.members,)
    found = []
    with ExitStack() as stack:
        server = stack.enter_context(postgres(durable=True)) if "postgresql" in databases else ""
        for database in databases:
            for members in sizes:
                for row in _of_one_list(asked, database, members, server):
                    found.append(row)
                    print(_line(row), file=sys.stderr, flush=True)
    print(json.dumps({"rows": found, "cost_growth": _growth(found), **machine()}, indent=2))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--members", type=int, default=2_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--sign", choices=SIGNED, default="none")
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    parser.add_argument("--rounds", type=int, help="how many posts; fewer for big lists by default")
    parser.add_argument("--all", action="store_true", help="every size, way to sign and database")
    return parser.parse_args()


def _of_one_list(
    asked: argparse.Namespace, database: str, members: int, server: str
) -> Iterator[dict[str, Any]]:
    """Every way to sign and number of workers, on members that are added once."""
    with ExitStack() as stack:
        sink = stack.enter_context(Sink())
        settings = {"relay_url": f"smtp://127.0.0.1:{sink.port}"}
        if database == "postgresql":
            settings["database_url"] = stack.enter_context(fresh_database(server))
        house = stack.enter_context(product(1, **settings))
        house.make_list(LIST, members)
        make_small_list(house)
        for sign in SIGNED if asked.all else (asked.sign,):
            with house.signing(DOMAIN, sign):
                for workers in (1, 2) if asked.all else (asked.workers,):
                    row = Row(members, workers, sign, database)
                    yield _measured(house.with_workers(workers), sink, row, asked.rounds)


def _measured(house: Product, sink: Sink, row: Row, rounds: int | None) -> dict[str, Any]:
    rounds = rounds or (10 if row.members < 2_000 else 5 if row.members < 20_000 else 2)
    with house.running() as up:
        first = first_copy_ms(house, sink, f"{row.sign}-{row.workers}")
        _post(house, sink, f"{row.sign}-{row.workers}-first", row.members)
        idle = [processes.memory_mib(one) for one in processes.workers(up.pid)]
        done = list(_rounds(house, sink, row, rounds, up.pid))
        peak = [processes.peak_mib(one) for one in processes.workers(up.pid)]
    return {**asdict(row), **_result(row, done), **first, **_memory(idle, peak)}


def _rounds(house: Product, sink: Sink, row: Row, rounds: int, session: int) -> Iterator[Round]:
    message, number = mails.copy(LIST), min(max(row.members, 1_000), PEER_COPIES)
    for count in range(rounds):
        hands = processes.workers(session)
        signed_before = _signatures(row)
        before = processes.cpu_seconds(hands)
        ours = _post(house, sink, f"{row.sign}-{row.workers}-{count}", row.members)
        cpu = processes.cpu_seconds(hands) - before
        signed_after = _signatures(row)
        yield Round(
            ours,
            source(sink.port, message, number, 1),
            source(sink.port, message, number, row.workers),
            pipelined(sink.port, message, number, row.workers),
            cpu,
            (signed_before + signed_after) / 2 or None,
        )


def _signatures(row: Row) -> float:
    """A second, by as many cores as there are workers; 0.0 where nothing is signed.

    Taken right before and after our round: a machine's speed changes within seconds.
    """
    if row.sign == "none":
        return 0.0
    return signatures_per_second(row.sign, min(row.workers, os.cpu_count() or 1))


def _post(house: Product, sink: Sink, name: str, members: int) -> float:
    """Copies a second, from 250 to the last."""
    before = sink.settled()
    house.hand_in(mails.post(LIST, mails.SENDER, name), LIST)
    taken_at = time.monotonic()
    return members / (sink.wait_for(before + members, LONGEST_WAIT) - taken_at)


def _result(row: Row, rounds: list[Round]) -> dict[str, Any]:
    """Medians; ratios are taken in each round, where both had the same machine."""

    def median(values: list[float], digits: int = 2) -> float:
        return round(statistics.median(values), digits)

    signed = [(r.ours, r.signatures) for r in rounds if r.signatures]
    return {
        "copies_per_second": median([r.ours for r in rounds], 0),
        "source_per_second": median([r.source for r in rounds], 0),
        "sessions_per_second": median([r.sessions for r in rounds], 0),
        "pipelined_per_second": median([r.pipelined for r in rounds], 0),
        "ratio_to_source": median([r.ours / r.source for r in rounds]),
        "ratio_to_sessions": median([r.ours / r.sessions for r in rounds]),
        "ratio_to_pipelined": median([r.ours / r.pipelined for r in rounds]),
        "signatures_per_second": median([s for _, s in signed], 0) if signed else None,
        "ratio_to_signatures": median([ours / s for ours, s in signed]) if signed else None,
        "cpu_seconds_per_1000": median([r.cpu / row.members * 1000 for r in rounds], 3),
        "rounds": [asdict(r) for r in rounds],
    }


def _memory(idle: list[float], peak: list[float]) -> dict[str, float]:
    """Of the worker that had most, and of the one that grew most since the warm-up."""
    return {
        "worker_peak_mib": max(peak),
        "worker_growth_mib": round(max(p - i for p, i in zip(peak, idle, strict=True)), 1),
    }


def _growth(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How much processor time a copy costs at the largest size, by that at the smallest."""
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault((row["database"], row["sign"], row["workers"]), []).append(row)
    return [
        {
            "database": database,
            "sign": sign,
            "workers": workers,
            "ratio": round(group[-1]["cpu_seconds_per_1000"] / group[0]["cpu_seconds_per_1000"], 2),
        }
        for (database, sign, workers), group in groups.items()
        if len(group) > 1
    ]


def _line(found: dict[str, Any]) -> str:
    signed = found["ratio_to_signatures"]
    return (
        f"{found['members']:>7} members, {found['workers']} workers, {found['sign']:>7}, "
        f"{found['database']:>10}: {found['copies_per_second']:.0f} copies/s, "
        f"{found['ratio_to_source']} of smtp-source -d, "
        f"{found['ratio_to_sessions']} of it with {found['workers']} sessions, "
        f"{found['ratio_to_pipelined']} of the ceiling"
        + (f", {signed} of openssl speed" if signed is not None else "")
        + f", {found['cpu_seconds_per_1000']} s of CPU per 1,000, "
        f"worker {found['worker_peak_mib']} MiB (+{found['worker_growth_mib']}), "
        f"first copy after {found['first_copy_ms']} ms"
    )


if __name__ == "__main__":
    main()
