"""Who sits down on a seat frees what the one before had claimed there."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import Engine, select

from listserv.services.deliver import deliver
from listserv.store.engine import open_engine
from listserv.store.tables import DeliveryRow
from tests.fakes import World, build_world
from tests.integration.processes.place import Place
from tests.integration.processes.short_lease_worker import kit_of
from tests.integration.store.test_dispatch import claim, counts, with_copies
from tests.sink import Sink, sinking
from tests.waiting import wait_for

ROOT = Path(__file__).parents[3]


@pytest.fixture
def sink() -> Iterator[Sink]:
    with sinking() as relay:
        yield relay


def leases(world: World) -> list[str | None]:
    with world.kit.database.reading() as tx:
        return list(tx.session.scalars(select(DeliveryRow.lease).order_by(DeliveryRow.id)))


def test_a_new_worker_frees_the_copies_of_its_seat_alone(place: Place) -> None:
    world = build_world(open_engine(f"sqlite+pysqlite:///{place.folder / 'quietlist.db'}"))
    world.clock.time = datetime.now(UTC)  # for the worker the other leases must hold as well
    post = with_copies(world, 3)
    claim(world, post, "here:1/a", 1)
    claim(world, post, "here:2/a", 1)
    claim(world, post, "here:11/a", 1)
    place.start("worker", lease="here:1")
    # The worker may have begun with what is free now.
    wait_for(lambda: leases(world) == [None, "here:2/a", "here:11/a"], "one free copy")


MANY = 200
WINDOW = 50  # outcomes that are not written down yet, and what is on the wire


def test_a_worker_that_wakes_after_its_lease_sends_nothing_more(
    tmp_path: Path, sqlite_engine: Engine, sink: Sink
) -> None:
    """Its process stood still, as on a machine that swaps or sleeps, and others went on."""
    database = f"sqlite+pysqlite:///{tmp_path / 'test.db'}"
    world = build_world(sqlite_engine)
    world.clock.time = datetime.now(UTC)
    with_copies(world, MANY)
    sink.shut_after(20)
    command = "-m", "tests.integration.processes.short_lease_worker", database, sink.url
    with subprocess.Popen([sys.executable, *command], cwd=ROOT) as stopped:
        try:
            wait_for(lambda: sink.is_shut, "copies on their way")
            stopped.send_signal(signal.SIGSTOP)
            at = monotonic()
            wait_for(lambda: monotonic() - at > 2.5, "the end of its lease")
            with sqlite_engine.begin() as connection:
                connection.exec_driver_sql("UPDATE deliveries SET lease_until = '2026-01-01 00:00'")
            sink.go_on()
            awake = kit_of(database, sink.url, "awake")
            while deliver(awake, 1):
                pass
        finally:
            stopped.send_signal(signal.SIGCONT)
        assert stopped.wait(20) == 0
    count = sink.count()
    assert len(count) == MANY
    assert count.total() <= MANY + WINDOW
    assert counts(world) == {"sent": MANY}
