"""When a digest comes, and how far somebody has read."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listserv.domain.digest import (
    FURTHEST,
    FURTHEST_DAILY,
    Numbering,
    Reading,
    Stream,
    Window,
    next_due,
    number_on,
    stream_of,
    turn,
    volume_of,
)
from listserv.domain.subscription import DeliveryMode, SubscriptionState

BERLIN = ZoneInfo("Europe/Berlin")
# Half an hour of summer time, 45 minutes past the hour, the first and the last of the world.
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
)
DAY = timedelta(days=1)


def daily(hour: int, now: datetime, zone: str = "Europe/Berlin") -> datetime:
    return next_due(DeliveryMode.DAILY, hour, ZoneInfo(zone), now)


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)  # type: ignore[misc, arg-type]


def test_the_hour_is_that_of_the_member() -> None:
    assert daily(8, at(2026, 1, 5, 6, 59)) == at(2026, 1, 5, 7)
    assert daily(8, at(2026, 1, 5, 7)) == at(2026, 1, 6, 7)
    assert daily(8, at(2026, 7, 5, 5, 59)) == at(2026, 7, 5, 6)


def test_an_hour_that_the_clock_leaves_out_is_the_one_after_it() -> None:
    """On 29 March 2026 at 2:00 clocks in Berlin show 3:00."""
    due = daily(2, at(2026, 3, 28, 12))
    assert due.astimezone(BERLIN).isoformat() == "2026-03-29T03:00:00+02:00"
    assert daily(2, due) == at(2026, 3, 30, 0)


def test_an_hour_that_the_clock_shows_twice_counts_once() -> None:
    """On 25 October 2026 at 3:00 clocks in Berlin show 2:00 again."""
    first = daily(2, at(2026, 10, 24, 12))
    assert first == at(2026, 10, 25, 0)
    again = first + timedelta(hours=1)
    assert again.astimezone(BERLIN).hour == 2
    assert daily(2, first) == daily(2, again) == at(2026, 10, 26, 1)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("hour", [0, 2, 23])
def test_there_is_one_for_each_day_of_a_year(zone: str, hour: int) -> None:
    now, days = at(2026, 1, 1), set()
    for _ in range(365):
        now = daily(hour, now, zone)
        days.add(now.astimezone(ZoneInfo(zone)).date())
    assert len(days) == 365
    assert max(days) - min(days) == 364 * DAY


@pytest.mark.parametrize("zone", ZONES)
def test_none_is_further_away_than_what_a_wrong_clock_would_set(zone: str) -> None:
    """Looked at every hour of the days around all changes of the clock in a year."""
    now = at(2026, 1, 1)
    while now < at(2027, 1, 1):
        for hour in (0, 1, 2, 3, 23):
            assert now < daily(hour, now, zone) <= now + FURTHEST_DAILY
        weekly = next_due(DeliveryMode.WEEKLY, 2, ZoneInfo(zone), now)
        assert now < weekly <= now + FURTHEST
        now += timedelta(hours=1)


def test_a_day_that_a_zone_left_out_is_left_out() -> None:
    """In Apia Thursday, 29 December 2011, was followed by Saturday."""
    due = daily(8, at(2011, 12, 29, 20), "Pacific/Apia")
    assert due.astimezone(ZoneInfo("Pacific/Apia")).isoformat() == "2011-12-31T08:00:00+14:00"


def test_weekly_means_on_mondays() -> None:
    due = next_due(DeliveryMode.WEEKLY, 8, BERLIN, at(2026, 11, 24, 9))
    assert due.astimezone(BERLIN).isoformat() == "2026-11-30T08:00:00+01:00"
    assert next_due(DeliveryMode.WEEKLY, 8, BERLIN, due) == due + 7 * DAY


def test_a_volume_begins_with_each_year() -> None:
    created = at(2024, 12, 31)
    assert volume_of(created, at(2024, 12, 31)) == 1
    assert volume_of(created, at(2025, 1, 1)) == 2
    assert volume_of(created, at(2023, 1, 1)) == 1  # a clock that was wrong


def numbers(*minutes: int, most_posts: int | None = None) -> list[int]:
    """The issue of each post of an hour that go out at these minutes."""
    found, issue = [], Numbering()
    for post, minute in enumerate(minutes, 1):
        issue = number_on(issue, 1, post, most_posts, at(2026, 1, 5, 7, minute))
        found.append(issue.number)
    return found


def test_an_issue_is_a_quarter_of_an_hour_with_posts() -> None:
    assert numbers(1, 2, 14, 15, 29, 31, 58) == [1, 1, 1, 2, 2, 3, 4]


def test_or_as_many_posts_as_a_digest_waits_for() -> None:
    assert numbers(1, 1, 1, 1, 1, 16, 16, most_posts=2) == [1, 1, 2, 2, 3, 4, 4]


def test_a_clock_that_goes_back_begins_one_too() -> None:
    assert numbers(40, 20, 21) == [1, 2, 2]


def test_issues_count_anew_in_each_volume() -> None:
    first = number_on(Numbering(), 1, 1, None, at(2025, 12, 31, 23, 59))
    assert number_on(first, 2, 2, None, at(2025, 12, 31, 23, 59)).number == 1


@pytest.mark.parametrize(
    ("state", "delivery", "stream"),
    [
        ("active", "daily", Stream.DIGEST),
        ("active", "weekly", Stream.DIGEST),
        ("active", "each", Stream.NO_DIGEST),
        ("active", "none", Stream.NO_DIGEST),
        ("paused", "daily", Stream.HALTED),
        ("suspended", "each", Stream.HALTED),
        ("left", "daily", Stream.ENDED),
        ("waiting", "daily", Stream.ENDED),
    ],
)
def test_how_posts_come(state: str, delivery: str, stream: Stream) -> None:
    assert stream_of(SubscriptionState(state), DeliveryMode(delivery)) is stream


@given(st.lists(st.sampled_from([*Stream, "post", "digest"]), max_size=40))
def test_each_post_is_owed_once_or_never(steps: list[object]) -> None:
    """Whatever a member does: a post that came while they read digests is in one window of
    theirs, unless they leave; any other post is in none."""
    reading, stream, newest = Reading(), Stream.NO_DIGEST, 0
    got: list[int] = []
    wanted: list[int] = []
    lost: set[int] = set()
    for step in steps:
        window: Window | None = None
        if step == "post":
            newest += 1
            wanted += [newest] if stream is Stream.DIGEST else []
        elif step == "digest":
            if reading.due is not None and newest > reading.mark:
                window = Window(reading.mark, newest)
                reading = Reading(newest, None, reading.due)
        else:
            assert isinstance(step, Stream)
            stream = step
            reading, window = turn(reading, step, newest, at(2026, 1, 1))
            if step is Stream.ENDED:
                lost |= set(wanted) - set(got)
        if window:
            got += range(window.after + 1, window.upto + 1)
    reading, window = turn(reading, Stream.NO_DIGEST, newest, at(2026, 1, 1))
    got += range(window.after + 1, window.upto + 1) if window else []
    assert got == sorted(set(wanted) - lost)
