import pytest

from listserv.domain.time_zone import find_zone


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Madrid", "Europe/Madrid"),
        (" america/new york ", "America/New_York"),
        ("utc", "UTC"),
        ("Madrid", None),
        ("", None),
        ("../etc/passwd", None),
    ],
)
def test_a_zone_is_found_by_its_name(typed: str, zone: str | None) -> None:
    assert find_zone(typed) == zone
