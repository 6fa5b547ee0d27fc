"""How much waits, and how fast it goes, counted without looking at what is done."""

import re

import pytest
from sqlalchemy import event, text

from listserv.domain.delivery import Deferred, Failed
from listserv.domain.mailing_list import MailingList
from listserv.domain.routing import ToList
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.create_list import create_list
from listserv.services.fan_out import fan_out
from listserv.services.receive_post import receive_post
from listserv.services.status import status
from listserv.services.sweep import sweep
from listserv.store import backlog, sent_counts
from listserv.store.tables import SentCountRow
from tests.fakes import World
from tests.unit.services.mail_samples import ANN, from_ann, plain
from web.machine.metrics_text import metrics_text

PEOPLE = [ANN, *(f"member{number}@example.net" for number in range(7))]


@pytest.fixture
def group(any_world: World) -> MailingList:
    made = create_list(any_world.kit, "group@example.org")
    list(add_members(any_world.kit, made.address, [Newcomer(person) for person in PEOPLE]))
    return change_list(any_world.kit, made.address, {"sender_proof": "off"})


def post(world: World, group: MailingList, message_id: str = "<1@example.net>") -> None:
    receive_post(world.kit, ToList(group.id), from_ann(), plain(message_id=message_id))
    fan_out(world.kit)


def test_copies_are_counted_by_state_and_list(any_world: World, group: MailingList) -> None:
    create_list(any_world.kit, "quiet@example.org")
    any_world.relay.answers = [Deferred("451"), Failed("550"), Deferred("451")]
    post(any_world, group)
    found = status(any_world.kit)
    wanted = {"pending": 0, "deferred": 2, "failed": 1, "parked": 0, "sent": 5}
    assert found.copies.by_state == wanted
    assert {list_id: copies.by_state for list_id, copies in found.lists.items()} == {1: wanted}


def test_the_age_is_that_of_the_first_copy_that_waits(any_world: World, group: MailingList) -> None:
    post(any_world, group)
    any_world.clock.go(minutes=5)
    any_world.relay.answers = [Deferred("451")]
    post(any_world, group, "<2@example.net>")
    any_world.clock.go(seconds=90)
    assert status(any_world.kit).copies.oldest_seconds == 90
    assert status(any_world.kit).lists[1].oldest_seconds == 90


def test_what_was_given_up_has_no_age(any_world: World, group: MailingList) -> None:
    any_world.relay.answers = [Failed("550")]
    post(any_world, group)
    any_world.clock.go(days=3)
    assert status(any_world.kit).copies.oldest_seconds == 0


def test_the_pace_is_that_of_the_last_minute_and_hour(any_world: World, group: MailingList) -> None:
    def pace() -> tuple[int, int]:
        copies = status(any_world.kit).lists[1]
        return copies.sent_last_minute, copies.sent_last_hour

    post(any_world, group)
    assert pace() == (8, 8)
    any_world.clock.go(minutes=2)
    post(any_world, group, "<2@example.net>")
    assert pace() == (8, 16)
    any_world.clock.go(minutes=59)
    assert pace() == (0, 8)
    any_world.clock.go(hours=1)
    assert pace() == (0, 0)
    assert status(any_world.kit).copies.by_state["sent"] == 16


def test_the_sweep_folds_what_is_older_than_an_hour(any_world: World, group: MailingList) -> None:
    for number in range(3):
        post(any_world, group, f"<{number}@example.net>")
        any_world.clock.go(minutes=50)
    sweep(any_world.kit)
    with any_world.kit.database.reading() as tx:
        assert tx.session.query(SentCountRow).count() == 2
        assert sent_counts.totals(tx) == {1: 24}
    sweep(any_world.kit)
    assert status(any_world.kit).copies.by_state["sent"] == 24


def test_metrics_are_numbers_by_the_ids_of_lists(any_world: World, group: MailingList) -> None:
    any_world.relay.answers = [Deferred("451")]
    post(any_world, group)
    any_world.clock.go(seconds=30)
    lines = metrics_text(status(any_world.kit)).splitlines()
    for line in (
        'quietlist_deliveries{state="deferred"} 1',
        'quietlist_list_deliveries{list="1",state="deferred"} 1',
        'quietlist_list_sent_total{list="1"} 7',
        'quietlist_list_sent_last_minute{list="1"} 7',
        'quietlist_list_oldest_seconds{list="1"} 30',
        "quietlist_sent_last_minute 7",
        "quietlist_sent_last_hour 7",
        "quietlist_oldest_seconds 30",
        "quietlist_redis_up 1",
    ):
        assert line in lines
    sample = re.compile(r'[a-z_]+(\{[a-z]+="[\w-]+"(,[a-z]+="[\w-]+")*\})? \d+')
    kinds = [line.split()[2] for line in lines if line.startswith("# TYPE ")]
    assert len(kinds) == len(set(kinds))
    assert all(sample.fullmatch(line) for line in lines if not line.startswith("# TYPE "))
    assert "example" not in "".join(lines)


def test_without_any_list_there_are_metrics_too(any_world: World) -> None:
    assert "quietlist_oldest_seconds 0" in metrics_text(status(any_world.kit))


def test_a_million_copies_that_went_out_are_not_looked_at(
    any_world: World, group: MailingList
) -> None:
    """The plan of the one query that could: an index that finished copies are not in."""
    engine = any_world.kit.database.engine
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with any_world.kit.database.reading() as tx:
        assert backlog.by_list(tx) == []
        query = next(line for line in asked if "FROM deliveries" in line)
        if engine.dialect.name == "sqlite":
            plan = tx.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
        else:
            tx.session.execute(text("SET enable_seqscan = off"))  # an empty table has no choice
            plan = tx.session.connection().exec_driver_sql(f"EXPLAIN {query}").all()
    assert "ix_deliveries_backlog" in str(plan)
