"""Time zones to choose from: one for each place of the IANA database, by region."""

from collections.abc import Sequence
from functools import cache
from importlib import resources
from zoneinfo import available_timezones

from babel.dates import get_timezone_location

from web import languages
from web.words import _

Region = tuple[str, Sequence[tuple[str, str]]]


def name_of(zone: str) -> str:
    """Its place in the reader's language, such as "Nueva York"."""
    return _place(zone, languages.current())


def to_choose_from(also: str) -> Sequence[Region]:
    """Regions in alphabetical order, each with its zones by name. also: one to list in any case."""
    zones = {*_zones(), also}
    names = {
        "Africa": _("Africa"),
        "America": _("America"),
        "Antarctica": _("Antarctica"),
        "Arctic": _("Arctic"),
        "Asia": _("Asia"),
        "Atlantic": _("Atlantic Ocean"),
        "Australia": _("Australia"),
        "Europe": _("Europe"),
        "Indian": _("Indian Ocean"),
        "Pacific": _("Pacific Ocean"),
    }
    regions: dict[str, list[tuple[str, str]]] = {}
    for zone in zones:
        region = names.get(zone.partition("/")[0], _("Everywhere"))
        regions.setdefault(region, []).append((zone, name_of(zone)))
    return [
        (name, sorted(found, key=lambda one: one[1])) for name, found in sorted(regions.items())
    ]


@cache
def _zones() -> frozenset[str]:
    """Without the many older names of the same zones."""
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return frozenset({row[2] for row in rows} & available_timezones()) | {"UTC"}


@cache
def _place(zone: str, language: str) -> str:
    if "/" not in zone:
        return zone
    return str(get_timezone_location(zone, locale=language, return_city=True))
