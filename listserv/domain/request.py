"""What people ask for, by mail or on a page: values, and their form in the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from listserv.domain.errors import Refused
from listserv.domain.language import Language
from listserv.domain.subscription import DeliveryMode, DigestFormat

# --- about one subscription ---


@dataclass(frozen=True)
class Leave:
    """No more mail from this list, and nobody is left on it."""


@dataclass(frozen=True)
class Pause:
    """No mail for a while. until: the first day with mail again, in the member's time zone;
    None until they say so."""

    until: date | None = None


@dataclass(frozen=True)
class Resume:
    """Mail again, after a pause or after bounces."""


@dataclass(frozen=True)
class SetDelivery:
    delivery: DeliveryMode


@dataclass(frozen=True)
class SetHandle:
    """handle: as it was typed; "" draws a new one."""

    handle: str


@dataclass(frozen=True)
class SetReceipts:
    """Whether they get a copy of their own posts even without other mail."""

    wanted: bool


@dataclass(frozen=True)
class SetOneTime:
    """Whether each thread shows another handle of theirs."""

    wanted: bool


@dataclass(frozen=True)
class SetHour:
    """When their digest comes: 0 to 23, in their time zone."""

    hour: int


@dataclass(frozen=True)
class SetFormat:
    """How their digests are written."""

    format: DigestFormat


Change = (
    Leave
    | Pause
    | Resume
    | SetDelivery
    | SetHandle
    | SetReceipts
    | SetOneTime
    | SetHour
    | SetFormat
)

# --- about the person, on whatever lists they are ---


@dataclass(frozen=True)
class SetLanguage:
    language: Language


@dataclass(frozen=True)
class SetTimeZone:
    """zone: a name of the IANA database, such as Europe/Madrid."""

    zone: str


@dataclass(frozen=True)
class ForgetMe:
    """posts: their posts go as well; else these stay, under the handle."""

    posts: bool = False


@dataclass(frozen=True)
class SendData:
    """All that is kept of them."""


PersonChange = SetLanguage | SetTimeZone

# --- everything else that a mail to a command address can say ---


@dataclass(frozen=True)
class Help:
    """How the group works."""


@dataclass(frozen=True)
class Join:
    """To become a member."""


@dataclass(frozen=True)
class Which:
    """Which groups this address is in, and how."""


@dataclass(frozen=True)
class Confirm:
    """Yes, to the question with this token."""

    token: str


@dataclass(frozen=True)
class LeaveMeAlone:
    """No, and do not write to me again."""


@dataclass(frozen=True)
class Roster:
    """Who is in the group: always refused."""


@dataclass(frozen=True)
class Unclear:
    """A command that cannot be carried out as it was written. problem: what to do, in words."""

    problem: str


Request = (
    Change
    | PersonChange
    | ForgetMe
    | SendData
    | Help
    | Join
    | Which
    | Confirm
    | LeaveMeAlone
    | Roster
    | Unclear
)

# What a question may stand for, and so what the database keeps until it is answered.
Kept = Change | PersonChange | ForgetMe | SendData
_KEPT: Mapping[str, type[Kept]] = {
    "leave": Leave,
    "pause": Pause,
    "resume": Resume,
    "delivery": SetDelivery,
    "handle": SetHandle,
    "receipts": SetReceipts,
    "one_time": SetOneTime,
    "hour": SetHour,
    "format": SetFormat,
    "language": SetLanguage,
    "time_zone": SetTimeZone,
    "forget": ForgetMe,
    "data": SendData,
}
_NAMES = {kind: name for name, kind in _KEPT.items()}


def name_of(request: Kept) -> str:
    """The short name of its kind, such as "pause"."""
    return _NAMES[type(request)]


def as_json(request: Kept) -> dict[str, Any]:
    """Its form in the database: {"kind": …} and its fields."""
    fields = {name: value for name, value in vars(request).items() if value is not None}
    if isinstance(request, Pause) and request.until:
        fields["until"] = request.until.isoformat()
    return {"kind": name_of(request), **fields}


def from_json(values: Mapping[str, Any]) -> Kept:
    """The request that `as_json` wrote. Raises Refused for one of a newer version."""
    fields = dict(values)
    kind = _KEPT.get(str(fields.pop("kind", "")))
    if kind is None:
        raise Refused("This question is of a newer version. Please ask again.")
    if "until" in fields:
        fields["until"] = date.fromisoformat(fields["until"])
    if "delivery" in fields:
        fields["delivery"] = DeliveryMode(fields["delivery"])
    if "format" in fields:
        fields["format"] = DigestFormat(fields["format"])
    if "language" in fields:
        fields["language"] = Language(fields["language"])
    return kind(**fields)
