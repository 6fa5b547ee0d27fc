"""Tells a member what was changed, or asks them whether it should be."""

from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from listserv.domain.language import Language
from listserv.domain.request import Kept, Leave, Pause, Resume, name_of
from listserv.domain.subscription import Subscription
from listserv.mail.days import day_in_words
from listserv.services.kit import Kit
from listserv.services.tell import Reader, tell
from listserv.store import members
from listserv.store.transaction import Transaction


def tell_change(
    kit: Kit, tx: Transaction, reader: Reader, request: Kept, now: Subscription
) -> None:
    """now: the subscription after it. Who leaves gets the goodbye instead."""
    match request:
        case Leave():
            return
        case Pause():
            until = pause_in_words(tx, now, reader.language)
            tell(kit, tx, "paused", reader, handle=now.handle, until=until)
        case Resume():
            tell(kit, tx, "pause_over", reader, handle=now.handle)
        case _:
            values = values_of(request, reader.language) | {"handle": now.handle}
            tell(kit, tx, "changed", reader, **values)


def values_of(request: Kept, language: Language) -> dict[str, Any]:
    """What the templates `confirm_change` and `changed` say of it; "" where nothing is to say."""
    until = getattr(request, "until", None)
    wanted = getattr(request, "wanted", None)
    return {
        "kind": name_of(request),
        "delivery": str(getattr(request, "delivery", "")),
        "handle": str(getattr(request, "handle", "")),
        "until": day_in_words(until, language) if until else "",
        "wanted": "" if wanted is None else "yes" if wanted else "no",
        "hour": str(getattr(request, "hour", "")),
        "format": str(getattr(request, "format", "")),
        "time_zone": str(getattr(request, "zone", "")),
        "chosen_language": str(getattr(request, "language", "")),
    }


def pause_in_words(tx: Transaction, subscription: Subscription, language: Language) -> str:
    """The day on which mail begins again, where the member lives; "" without an end."""
    if subscription.paused_until is None:
        return ""
    member_id = subscription.member_id
    person = members.person(tx, member_id) if member_id else None
    zone = ZoneInfo(person.time_zone) if person else UTC
    return day_in_words(subscription.paused_until.astimezone(zone).date(), language)
