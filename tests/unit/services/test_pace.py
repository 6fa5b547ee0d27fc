"""How much a slice claims, and when it asks for help."""

import pytest

from listserv.services.pace import FIRST_CLAIM, LEAST_CLAIM, Pace


def after(copies: int, seconds: float, most: int = 500) -> Pace:
    """So many copies took so long; those before took ages, which does not count."""
    pace = Pace(most)
    pace.note(40, 1000.0)
    pace.note(copies, 1000.0 + seconds)
    return pace


def test_the_first_claim_is_small_and_asks_for_no_help() -> None:
    assert Pace(500).next_claim() == FIRST_CLAIM
    assert Pace(40).next_claim() == 40
    assert not Pace(500).slow()
    first = Pace(500)
    first.note(40, 1000.0)
    assert first.next_claim() == FIRST_CLAIM
    assert not first.slow()


@pytest.mark.parametrize(
    ("seconds", "claim"), [(0.05, 100), (0.1, 50), (0.009, 500), (0.001, 500), (0, FIRST_CLAIM)]
)
def test_a_claim_is_what_goes_out_in_a_moment(seconds: float, claim: int) -> None:
    assert after(100, seconds).next_claim() == pytest.approx(claim, abs=1)


def test_a_claim_has_some_copies_however_slow_the_relay_is() -> None:
    assert after(100, 60).next_claim() == LEAST_CLAIM
    assert after(10, 60, most=10).next_claim() == 10


def test_help_is_wanted_where_copies_take_their_time() -> None:
    assert after(100, 0.05).slow()
    assert not after(100, 0.01).slow()
