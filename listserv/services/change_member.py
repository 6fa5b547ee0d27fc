"""Changes one member's subscription."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from listserv.domain.audit import OPERATOR
from listserv.domain.errors import Refused
from listserv.domain.handle import chosen, skeleton
from listserv.domain.nearest import nearest
from listserv.domain.subscription import (
    DeliveryMode,
    DigestFormat,
    Role,
    Subscription,
    SubscriptionState,
)
from listserv.services.find_member import find_member
from listserv.services.kit import Kit
from listserv.services.tell import reader_of, tell
from listserv.store import audit, mailing_lists, subscriptions
from listserv.store.audit import Act
from listserv.store.transaction import Transaction


def _one_of(name: str, kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    def parse(text: str) -> StrEnum:
        try:
            return kind(text.strip().lower())
        except ValueError:
            raise Refused(f"{name} takes one of: {', '.join(kind)}.") from None

    return parse


def _state(text: str) -> StrEnum:
    state = _one_of("state", SubscriptionState)(text)
    if state is SubscriptionState.LEFT:
        raise Refused("To end a subscription, use `quietlist member remove`.")
    if state in (SubscriptionState.INVITED, SubscriptionState.ASKED):
        raise Refused("To ask somebody to join, use `quietlist member invite`.")
    return state


def _yes_or_no(name: str) -> Callable[[str], bool]:
    def parse(text: str) -> bool:
        word = text.strip().lower()
        if word not in ("yes", "no"):
            raise Refused(f"{name} takes yes or no.")
        return word == "yes"

    return parse


def _day_or_none(text: str) -> datetime | None:
    """The first moment of a day, in UTC."""
    if text.strip().lower() == "none":
        return None
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise Refused("muted_until takes a day such as 2026-12-24, or none.") from None
    return datetime.combine(day, time(), UTC)


def _hour(text: str) -> int:
    hour = int(text) if text.strip().isdecimal() else -1
    if not 0 <= hour <= 23:
        raise Refused("hour takes a number from 0 to 23.")
    return hour


_PARSERS: Mapping[str, Callable[[str], Any]] = {
    "delivery": _one_of("delivery", DeliveryMode),
    "format": _one_of("format", DigestFormat),
    "hour": _hour,
    "role": _one_of("role", Role),
    "state": _state,
    "handle": chosen,
    "moderated": _yes_or_no("moderated"),
    "trusted": _yes_or_no("trusted"),
    "muted_until": _day_or_none,
}
# The others are called the same in a Subscription.
_ATTRIBUTES: Mapping[str, str] = {"format": "digest_format", "hour": "digest_hour"}


def change_member(
    kit: Kit,
    address: str,
    who: str,
    changes: Mapping[str, str],
    notify: bool = False,
    actor: str = OPERATOR,
) -> Subscription:
    """who: an address or a handle; changes: delivery, format, hour, role, state, handle,
    moderated, trusted or muted_until, as text. actor: an owner's or moderator's handle, or
    the operator.

    Raises Refused or NotFound; all or nothing. Making someone who waits active
    is how a request to join is approved; with notify they get the welcome.
    """
    for name in changes:
        if name not in _PARSERS:
            meant = nearest(name, _PARSERS)
            advice = f"Did you mean {meant}? " if meant else ""
            known = f"What can be set: {', '.join(_PARSERS)}."
            raise Refused(f"There is no {name} to set. {advice}{known}")
    values = {_ATTRIBUTES.get(n, n): _PARSERS[n](text) for n, text in changes.items()}
    with kit.database.transaction() as tx:
        mailing_list = mailing_lists.named(tx, address)
        before = find_member(kit, tx, mailing_list.id, who)
        if "state" in values:
            values["paused_until"] = None
        changed = replace(before, **values)
        _check_handle(tx, before, changed)
        subscriptions.save(tx, changed, kit.clock.now())
        joined = before.state is SubscriptionState.WAITING and changed.may_post
        reader = reader_of(kit, tx, mailing_list, changed.member_id)
        if notify and joined and reader:
            tell(kit, tx, "welcome", reader, handle=changed.handle)
        names = ", ".join(sorted(changes))
        act = Act(actor, "member", mailing_list.id, changed.id, reason=names)
        audit.add(tx, act, kit.clock.now())
    return changed


def _check_handle(tx: Transaction, before: Subscription, changed: Subscription) -> None:
    if before.state is SubscriptionState.LEFT:
        raise Refused("Whoever had that handle has left the list.")
    plain = skeleton(changed.handle)
    if plain != skeleton(before.handle) and subscriptions.taken(tx, before.list_id, plain):
        raise Refused("That handle, or one that looks like it, is or was in use on this list.")
