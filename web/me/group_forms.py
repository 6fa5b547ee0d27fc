"""What the forms on a group's page ask for, as values. Each raises Refused in words."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from listserv.domain.errors import Refused
from listserv.domain.request import (
    Change,
    Pause,
    SetDelivery,
    SetFormat,
    SetHandle,
    SetHour,
    SetOneTime,
    SetReceipts,
)
from listserv.domain.subscription import DeliveryMode, DigestFormat
from web.dates import today
from web.words import N_

LONGEST_PAUSE = 365  # days

HOW_MANY = N_("Type how many days, as a number from 1 to 365.")
WHICH_DAY = N_("Choose a day that is still to come, within a year.")
NO_NAME = N_("Type the name that you want.")
CHOOSE_ONE = N_("Choose one of these.")


def mail(form: Mapping[str, str]) -> Sequence[Change]:
    try:
        return (
            SetDelivery(DeliveryMode(form.get("delivery", ""))),
            SetHour(int(form["hour"])),
            SetFormat(DigestFormat(form.get("format", DigestFormat.READER))),
        )
    except (ValueError, KeyError):
        raise Refused(CHOOSE_ONE) from None


def pause(form: Mapping[str, str]) -> Sequence[Change]:
    match form.get("pause"):
        case "days":
            return (Pause(today() + timedelta(days=_days(form.get("days", "")))),)
        case "date":
            return (Pause(_date(form.get("until", ""))),)
        case "open":
            return (Pause(),)
    raise Refused(CHOOSE_ONE)


def name(form: Mapping[str, str]) -> Sequence[Change]:
    wanted = form.get("handle", "").strip()
    if not wanted:  # an empty one would draw a name, and that cannot be undone
        raise Refused(NO_NAME)
    return (SetHandle(wanted),)


def more(form: Mapping[str, str]) -> Sequence[Change]:
    return SetOneTime("one_time" in form), SetReceipts("receipts" in form)


def _days(text: str) -> int:
    text = text.strip()
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= LONGEST_PAUSE:
        raise Refused(HOW_MANY)
    return int(text)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refused(WHICH_DAY) from None
