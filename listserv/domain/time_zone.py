"""Names of time zones (the IANA database), as people type them."""

from collections.abc import Mapping
from functools import cache
from zoneinfo import available_timezones

UTC_NAME = "UTC"


def find_zone(text: str) -> str | None:
    """The zone's own name, such as Europe/Madrid for "europe/madrid"; None for no zone."""
    return _by_plain_name().get(text.strip().replace(" ", "_").lower())


@cache
def _by_plain_name() -> Mapping[str, str]:
    return {name.lower(): name for name in available_timezones()}
