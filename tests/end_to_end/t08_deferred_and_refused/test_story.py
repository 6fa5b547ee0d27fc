"""The relay says "later" of one copy, "never" of another, or hangs up: the rest goes out."""

from collections import Counter
from typing import Any

from tests.end_to_end.conftest import MakeStack
from tests.sink import Sink, sinking
from tests.stack import Stack, free_port, mail, members
from tests.waiting import wait_for

LATER, NEVER, *REST = PEOPLE = members(12)


def _copies(house: Stack) -> dict[str, Any]:
    """The deliveries by state, those with none left out."""
    return {state: n for state, n in house.status()["deliveries"].items() if n}


def _wait_for(house: Stack, **copies: int) -> None:
    wait_for(lambda: _copies(house) == copies, f"{copies}")


def _time_passes(house: Stack) -> None:
    """Whatever is to be tried later is tried now."""
    house.sql(
        "UPDATE deliveries SET attempt_at = '2026-01-01 00:00:00' WHERE attempt_at IS NOT NULL"
    )
    house.sweep()


def test_one_is_deferred_and_arrives_later_and_one_is_refused(
    make_stack: MakeStack, sink: Sink
) -> None:
    sink.answers = {
        LATER: f"451 4.7.1 <{LATER}> is greylisted",
        NEVER: f"550 5.1.1 <{NEVER}> is not known",
    }
    house = make_stack(relay_url=sink.url)
    house.up()
    house.make_list(PEOPLE)
    house.send(mail(sender=PEOPLE[0]))
    _wait_for(house, sent=len(REST), deferred=1, failed=1)
    assert sink.count() == Counter(REST)

    sink.answers = {}
    _time_passes(house)
    _wait_for(house, sent=len(REST) + 1, failed=1)  # a refusal is for good
    assert sink.count() == Counter([LATER, *REST])
    # The relay's words name people; no log and no row has them.
    assert "greylisted" not in house.said()
    assert LATER not in house.said()


def test_a_relay_that_hangs_up_on_one_copy_delays_no_other(
    make_stack: MakeStack, sink: Sink
) -> None:
    sink.answers = {REST[0]: ""}
    house = make_stack(relay_url=sink.url)
    house.up()
    house.make_list(PEOPLE)
    house.send(mail(sender=PEOPLE[0]))
    _wait_for(house, sent=len(PEOPLE) - 1, pending=1)
    sink.answers = {}
    _time_passes(house)
    _wait_for(house, sent=len(PEOPLE))
    assert sink.count() == Counter(PEOPLE)


def test_a_relay_that_is_away_costs_nothing_but_time(make_stack: MakeStack) -> None:
    port = free_port()
    house = make_stack(relay_url=f"smtp://127.0.0.1:{port}")
    house.up()
    house.make_list(PEOPLE)
    house.send(mail(sender=PEOPLE[0]))
    _wait_for(house, pending=len(PEOPLE))
    with sinking(port) as relay:
        wait_for(lambda: _tried(house), "the first try")
        _time_passes(house)
        _wait_for(house, sent=len(PEOPLE))
        assert relay.count() == Counter(PEOPLE)


def _tried(house: Stack) -> bool:
    """The worker has found the relay away, and put the copies off."""
    return bool(house.ask("SELECT min(lease IS NULL AND attempt_at > queued_at) FROM deliveries"))
