"""`quietlist scheduler` as a real process."""

from sqlalchemy import text

from listserv.store.engine import open_engine
from tests.integration.processes.place import Place

END = 6.0


def test_it_ends_at_once_when_asked(place: Place) -> None:
    scheduler = place.start("scheduler")
    scheduler.terminate()
    assert scheduler.wait(END) == 0
    assert "scheduler_stopped" in place.log


def test_it_outlives_a_database_that_loses_its_tables(place: Place) -> None:
    scheduler = place.start("scheduler")
    engine = open_engine(f"sqlite+pysqlite:///{place.folder / 'quietlist.db'}")
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE notices RENAME TO notices_elsewhere"))
    engine.dispose()
    place.wait(lambda: "sweep_failed" in place.log, "word of the failed sweep")
    assert scheduler.poll() is None


def test_it_outlives_a_frozen_redis_and_still_ends(place: Place) -> None:
    place.redis.freeze()
    scheduler = place.start("scheduler")
    place.wait(lambda: "redis_unreachable" in place.log, "word that Redis is silent")
    scheduler.terminate()
    assert scheduler.wait(END) == 0


def test_two_of_them_get_along(place: Place) -> None:
    schedulers = [place.start("scheduler"), place.start("scheduler")]
    for scheduler in schedulers:
        scheduler.terminate()
    assert [scheduler.wait(END) for scheduler in schedulers] == [0, 0]
    assert "sweep_failed" not in place.log
