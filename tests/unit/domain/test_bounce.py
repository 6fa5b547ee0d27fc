import pytest

from listserv.domain.bounce import (
    WINDOW_DAYS,
    BounceDay,
    BounceKind,
    has_enough,
    is_storm,
    kind_of_refusal,
    kind_of_report,
)

TODAY = 20000


def hard(*days: int) -> list[BounceDay]:
    return [BounceDay(day, 1, 0) for day in days]


def soft(*days: int) -> list[BounceDay]:
    return [BounceDay(day, 0, 1) for day in days]


def test_as_many_days_as_the_limit_are_enough() -> None:
    assert has_enough(hard(TODAY - 3, TODAY - 2, TODAY - 1, TODAY), TODAY, 4)
    assert not has_enough(hard(TODAY - 2, TODAY - 1, TODAY), TODAY, 4)


def test_many_bounces_of_one_day_are_one_day() -> None:
    assert not has_enough([BounceDay(TODAY, 500, 500)], TODAY, 2)


def test_a_day_of_soft_bounces_is_half_a_day() -> None:
    assert not has_enough(soft(TODAY - 2, TODAY - 1, TODAY), TODAY, 2)
    assert has_enough(soft(TODAY - 3, TODAY - 2, TODAY - 1, TODAY), TODAY, 2)
    assert has_enough([*soft(TODAY - 2, TODAY - 1), *hard(TODAY)], TODAY, 2)


def test_old_days_are_forgotten() -> None:
    last = TODAY - WINDOW_DAYS + 1
    assert has_enough(hard(last, TODAY), TODAY, 2)
    assert not has_enough(hard(last - 1, TODAY), TODAY, 2)


def test_a_day_on_which_everybody_bounced_counts_for_nobody() -> None:
    days = hard(TODAY - 1, TODAY)
    assert has_enough(days, TODAY, 2)
    assert not has_enough(days, TODAY, 2, storms={TODAY})


def test_a_day_without_anything_counts_nothing() -> None:
    assert not has_enough([BounceDay(TODAY, 0, 0), *hard(TODAY - 1)], TODAY, 2)


@pytest.mark.parametrize(
    ("bounced", "members", "storm"),
    [(5, 14, True), (5, 15, False), (4, 4, False), (400, 1000, True), (300, 1000, False)],
)
def test_when_a_third_bounces_the_trouble_is_ours(bounced: int, members: int, storm: bool) -> None:
    assert is_storm(bounced, members) is storm


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("5.1.1", BounceKind.HARD),
        ("5.0.0", BounceKind.HARD),
        ("5.2.1", BounceKind.HARD),
        ("", BounceKind.HARD),
        ("5.2.2", BounceKind.SOFT),  # the mailbox is full
        ("5.3.4", BounceKind.SOFT),  # the mail was too large
        ("5.7.1", BounceKind.SOFT),  # taken for spam
        ("4.4.7", BounceKind.SOFT),  # tried for days
    ],
)
def test_what_a_report_means(status: str, kind: BounceKind) -> None:
    assert kind_of_report(status) is kind


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("550", BounceKind.HARD),
        ("554", BounceKind.HARD),
        ("451", BounceKind.SOFT),  # given up after days
        ("", BounceKind.SOFT),
        ("552", None),
    ],
)
def test_what_a_refusal_of_the_relay_means(status: str, kind: BounceKind | None) -> None:
    assert kind_of_refusal(status) is kind
