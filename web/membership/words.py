"""What somebody asked for, said back to them in one sentence."""

from listserv.domain.request import (
    ForgetMe,
    Kept,
    Leave,
    Pause,
    Resume,
    SendData,
    SetDelivery,
    SetFormat,
    SetHandle,
    SetHour,
    SetLanguage,
    SetOneTime,
    SetReceipts,
    SetTimeZone,
)
from listserv.domain.subscription import DeliveryMode, DigestFormat
from web.dates import on
from web.languages import NAMES
from web.me.time_zones import name_of
from web.words import _


def asked_for(request: Kept) -> str:
    """What the button will do."""
    match request:
        case Leave():
            return _("You leave the group, and get no more mail from it.")
        case Pause():
            return _pause(request)
        case Resume():
            return _("Mail from the group comes again.")
        case SetDelivery(delivery):
            return _delivery(delivery)
        case SetHandle(handle):
            return _handle(handle)
        case SetHour(hour):
            return _("The one mail of a day or a week comes at %(hour)s:00.", hour=hour)
        case SetFormat(form):
            return _format(form)
        case SetReceipts() | SetOneTime():
            return _tick(request)
    return _of_person(request)


def _format(form: DigestFormat) -> str:
    return {
        DigestFormat.READER: _("The one mail of a day or a week is made for easy reading."),
        DigestFormat.PLAIN: _("The one mail of a day or a week is plain text."),
        DigestFormat.MIME: _("The one mail of a day or a week has each message as a mail in it."),
        DigestFormat.INDEX: _("The one mail of a day or a week lists subjects only."),
    }[form]


def _of_person(request: SetLanguage | SetTimeZone | ForgetMe | SendData) -> str:
    match request:
        case SetLanguage(language):
            return _("We write to you in this language: %(name)s.", name=NAMES[language])
        case SetTimeZone(zone):
            return _("Your clock is that of %(place)s.", place=name_of(zone))
        case ForgetMe(True):
            return _("You leave all your groups. We erase your address and what you wrote.")
        case ForgetMe():
            return _("You leave all your groups. We erase your address.")
        case SendData():
            return _("We send you all that we know of you.")


def _pause(pause: Pause) -> str:
    if pause.until is None:
        return _("You take a break. No mail comes until you say so.")
    return _("You take a break. Mail comes again %(day)s.", day=on(pause.until))


def _handle(handle: str) -> str:
    if not handle:
        return _("We draw a new name for you. This cannot be undone.")
    return _("Others see you as %(name)s from now on. This cannot be undone.", name=handle)


def _tick(request: SetReceipts | SetOneTime) -> str:
    match request:
        case SetReceipts(True):
            return _("You always get a copy of what you wrote.")
        case SetReceipts():
            return _("You get no extra copy of what you wrote.")
        case SetOneTime(True):
            return _("Others see another name of yours in each talk.")
        case SetOneTime():
            return _("Others see the same name of yours in each talk.")


def _delivery(delivery: DeliveryMode) -> str:
    return {
        DeliveryMode.EACH: _("Each mail comes at once."),
        DeliveryMode.DAILY: _("Mail comes once a day."),
        DeliveryMode.WEEKLY: _("Mail comes once a week, on Monday."),
        DeliveryMode.NONE: _("No mail comes. You can still write."),
    }[delivery]
