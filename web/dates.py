"""Times and days in words, in the reader's zone: "today at 9:15"."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton
from flask import Flask
from flask_babel import get_locale

from web.extensions import kit
from web.reader import zone
from web.words import _


def tell(app: Flask) -> None:
    app.jinja_env.filters.update(when=when, day=day)


def when(moment: datetime) -> str:
    """A moment, such as "yesterday at 9:15"; with "(UTC)" for a reader who has chosen no zone."""
    reader = zone()
    there = moment.astimezone(reader or UTC)
    clock = f"{there.hour}:{there.minute:02}"
    text = _("%(day)s at %(time)s", day=_day_in(there.date(), reader), time=clock)
    return text if reader and reader.key != "UTC" else f"{text} (UTC)"


def day(moment: datetime) -> str:
    """The day of a moment, such as "tomorrow" or "on March 3"."""
    reader = zone()
    return _day_in(moment.astimezone(reader or UTC).date(), reader)


def on(then: date) -> str:
    """A day of the calendar, such as "tomorrow" or "on March 3"."""
    return _day_in(then, zone())


def today() -> date:
    """The day that it is for the reader."""
    return kit().clock.now().astimezone(zone() or UTC).date()


def _day_in(then: date, reader: ZoneInfo | None) -> str:
    now = kit().clock.now().astimezone(reader or UTC).date()
    near = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    distance = (then - now) // timedelta(days=1)
    if distance in near:
        return near[distance]
    if then.year == now.year:
        return _("on %(date)s", date=format_skeleton("MMMMd", then, locale=get_locale()))
    return _("on %(date)s", date=format_date(then, "long", locale=get_locale()))
