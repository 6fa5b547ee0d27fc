from datetime import UTC, datetime, timedelta

import pytest

from listserv.domain.delivery import (
    GIVE_UP_AFTER,
    RELAY_DOWN_PAUSE,
    Deferred,
    DeliveryState,
    Failed,
    Next,
    RelayDown,
    Sent,
    after,
    backoff,
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_sent_is_the_end() -> None:
    assert after(Sent(), 1, NOW, NOW) == Next(DeliveryState.SENT, None)


def test_a_permanent_refusal_is_the_end_and_keeps_its_digits() -> None:
    assert after(Failed("550"), 1, NOW, NOW) == Next(DeliveryState.FAILED, None, "550")


def test_a_temporary_refusal_is_tried_again() -> None:
    following = after(Deferred("451"), 1, NOW, NOW)
    assert following == Next(DeliveryState.DEFERRED, NOW + timedelta(minutes=1), "451")


def test_after_five_days_it_is_given_up() -> None:
    following = after(Deferred("451"), 40, NOW - GIVE_UP_AFTER, NOW)
    assert following.state is DeliveryState.FAILED


def test_a_relay_that_is_down_costs_the_copy_nothing() -> None:
    following = after(RelayDown(), 1, NOW - GIVE_UP_AFTER, NOW)
    assert following == Next(DeliveryState.PENDING, NOW + RELAY_DOWN_PAUSE, counted=False)


@pytest.mark.parametrize("attempts", range(1, 40))
def test_waits_grow_and_stay_within_four_hours(attempts: int) -> None:
    assert backoff(attempts) <= backoff(attempts + 1) <= timedelta(hours=4)


def test_there_are_tries_until_the_end_of_the_five_days() -> None:
    waited, attempts = timedelta(0), 0
    while waited < GIVE_UP_AFTER:
        attempts += 1
        waited += backoff(attempts)
    assert 20 < attempts < 100
