"""The settings of a list: names, kinds, defaults and help, defined once.

Command line, pages and documentation all read `SCHEMA`; the database keeps the
text form of every value, so a change of a default never changes an old list.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from listserv.domain.bounce import WINDOW_DAYS
from listserv.domain.errors import Refused
from listserv.domain.language import Language
from listserv.domain.nearest import nearest
from listserv.domain.time_zone import UTC_NAME, find_zone

_ADDRESS = re.compile(r"[^\s@<>,;:\"()]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")


class Join(StrEnum):
    OPEN = "open"
    APPROVE = "approve"
    INVITE = "invite"


class Strangers(StrEnum):
    REJECT = "reject"
    HOLD = "hold"
    DISCARD = "discard"


class SenderProof(StrEnum):
    ASK = "ask"
    HOLD = "hold"
    OFF = "off"


class ReplyTo(StrEnum):
    LIST = "list"
    NONE = "none"


class GoOut(StrEnum):
    """When an accepted post goes out."""

    NOW = "now"
    QUARTER = "quarter"


class AttachmentPolicy(StrEnum):
    IMAGES = "images"
    NONE = "none"
    DOCUMENTS = "documents"


class Action(StrEnum):
    """What a list does with a post that a rule objects to."""

    HOLD = "hold"
    REJECT = "reject"
    DISCARD = "discard"
    IGNORE = "ignore"


class Switch(StrEnum):
    OFF = "off"
    ON = "on"


@dataclass(frozen=True)
class Moderate:
    """Whose posts wait: the first `first` of each member, or all of them (None)."""

    first: int | None = 0

    def __str__(self) -> str:
        if self.first is None:
            return "all"
        return f"first:{self.first}" if self.first else "none"


# The first post in a weekly digest went out so long ago.
DAYS_OF_A_WEEKLY = 7


@dataclass(frozen=True)
class ListSettings:
    """The parsed settings of one list. `None` means without limit."""

    join: Join = Join.OPEN
    outer_name: str = ""
    keep_posts: int | None = 365
    archive: Switch = Switch.ON
    moderate: Moderate = Moderate(0)
    strangers: Strangers = Strangers.REJECT
    sender_proof: SenderProof = SenderProof.ASK
    posts_per_hour: int | None = 30
    reply_to: ReplyTo = ReplyTo.LIST
    attachments: AttachmentPolicy = AttachmentPolicy.IMAGES
    bounce_days: int | None = 4
    digest_posts: int | None = None
    digest_kb: int | None = None
    language: Language = Language.ENGLISH
    time_zone: str = UTC_NAME
    crisis_line: str = ""
    on_automatic: Action = Action.DISCARD
    on_empty: Action = Action.REJECT
    on_moderated: Action = Action.HOLD
    on_member: Action = Action.HOLD
    emergency: Switch = Switch.OFF
    on_emergency: Action = Action.HOLD
    largest_post: int | None = None
    on_too_large: Action = Action.HOLD
    most_recipients: int | None = 20
    on_recipients: Action = Action.HOLD
    on_attachment: Action = Action.IGNORE
    on_command: Action = Action.HOLD
    on_rate: Action = Action.HOLD
    on_closed: Action = Action.REJECT
    on_muted: Action = Action.REJECT
    on_banned: Action = Action.REJECT
    on_doubtful: Action = Action.HOLD
    on_suspicious: Action = Action.HOLD
    ask_private: Switch = Switch.OFF
    posts_go_out: GoOut = GoOut.NOW
    allowed_addresses: str = ""
    spam_header: str = ""
    spam_score: int | None = None
    keep_held: int = 14
    join_question: str = ""
    tell_reveals: Switch = Switch.ON

    @property
    def digest_by_size(self) -> bool:
        """Whether a digest can be due before its time."""
        return self.digest_posts is not None or self.digest_kb is not None

    @property
    def loses_weekly(self) -> bool:
        """Whether a post may be erased before the weekly digest that it belongs in."""
        return self.keep_posts is not None and self.keep_posts <= DAYS_OF_A_WEEKLY

    @property
    def newcomers_question(self) -> str:
        """What newcomers are asked; "" where they are let in unseen, and nobody would read it."""
        return self.join_question if self.join is Join.APPROVE else ""


@dataclass(frozen=True)
class Setting:
    """One entry of the schema: how a value is read from text, and what it means."""

    name: str
    values: str
    help: str
    parse: Callable[[str], Any]

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that it takes, where it takes nothing else."""
        words = tuple(self.values.split(", "))
        return words if len(words) > 1 and all(map(str.isalpha, words)) else ()


def _one_of(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    def parse(text: str) -> StrEnum:
        try:
            return kind(text.strip().lower())
        except ValueError:
            raise Refused(f"takes one of: {', '.join(kind)}") from None

    return parse


def _action(*allowed: Action) -> Callable[[str], Action]:
    def parse(text: str) -> Action:
        wanted = text.strip().lower()
        if wanted not in allowed:
            raise Refused(f"takes one of: {', '.join(allowed)}")
        return Action(wanted)

    return parse


def _number(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        text = text.strip()
        if text.isascii() and text.isdigit() and least <= int(text) <= most:
            return int(text)
        raise Refused(f"takes a number from {least} to {most}")

    return parse


def _header_name(text: str) -> str:
    name = text.strip()
    if name and not _HEADER.fullmatch(name):
        raise Refused("takes the name of a header field, such as X-Spam-Status, or nothing")
    return name


def _number_or(word: str, most: int, least: int = 1) -> Callable[[str], int | None]:
    def parse(text: str) -> int | None:
        text = text.strip().lower()
        if text == word:
            return None
        if text.isascii() and text.isdigit() and least <= int(text) <= most:
            return int(text)
        raise Refused(f"takes a number from {least} to {most}, or {word}")

    return parse


def _moderate(text: str) -> Moderate:
    text = text.strip().lower()
    if text == "none":
        return Moderate(0)
    if text == "all":
        return Moderate(None)
    word, _, number = text.partition(":")
    if word == "first" and number.isascii() and number.isdigit() and 1 <= int(number) <= 1000:
        return Moderate(int(number))
    raise Refused("takes none, all, or first:N with N from 1 to 1000")


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    if not line:
        return ""  # the title stands in for it
    if len(line) > 60 or not line.isprintable() or any(c in '<>"@\\' for c in line):
        raise Refused('takes up to 60 characters on one line, without < > " @ and backslash')
    return line


def _sentence(text: str) -> str:
    line = " ".join(text.split())
    if len(line) > 120 or not line.isprintable():
        raise Refused("takes up to 120 characters on one line")
    return line


def _zone(text: str) -> str:
    found = find_zone(text)
    if found is None:
        raise Refused("takes the name of a time zone, such as Europe/Madrid or UTC")
    return found


def _addresses(text: str) -> str:
    found = text.replace(",", " ").lower().split()
    if len(found) > 20 or not all(map(_ADDRESS.fullmatch, found)):
        raise Refused("takes up to 20 addresses with commas between them, or nothing")
    return ", ".join(found)


_REFUSABLE = (Action.HOLD, Action.REJECT, Action.DISCARD, Action.IGNORE)
_NOT_IGNORED = (Action.HOLD, Action.REJECT, Action.DISCARD)
# Never held: a moderator could send it out by mistake, and robots answer each other for ever.
_AUTOMATIC = (Action.DISCARD, Action.REJECT)
_BANNED = (Action.REJECT, Action.DISCARD)
_DOUBTFUL = (Action.HOLD, Action.REJECT)


def _for_rule(name: str, what: str, allowed: tuple[Action, ...]) -> Setting:
    return Setting(name, ", ".join(allowed), f"What happens to {what}.", _action(*allowed))


SCHEMA: tuple[Setting, ...] = (
    Setting(
        "join",
        "open, approve, invite",
        "Who may join. Open still asks each person for confirmation.",
        _one_of(Join),
    ),
    Setting(
        "outer_name",
        "text",
        "The neutral name that shows in From and List-Id, and so on lock screens.",
        _one_line,
    ),
    Setting(
        "keep_posts",
        "days or forever",
        "How long posts are kept; then they are erased.",
        _number_or("forever", 36500),
    ),
    Setting(
        "archive",
        "off, on",
        "Whether members who signed in can read on a page what went out and is still kept.",
        _one_of(Switch),
    ),
    Setting("moderate", "none, all, first:N", "Whose posts wait for a moderator.", _moderate),
    Setting(
        "strangers",
        "reject, hold, discard",
        "What happens to posts from people who are not members.",
        _one_of(Strangers),
    ),
    Setting(
        "sender_proof",
        "ask, hold, off",
        "What happens to a post that nothing proves to come from the address in From.",
        _one_of(SenderProof),
    ),
    Setting(
        "posts_per_hour",
        "a number or none",
        "How many posts a member may send in an hour; more wait for a moderator.",
        _number_or("none", 100000),
    ),
    Setting("reply_to", "list, none", "Where a plain reply goes.", _one_of(ReplyTo)),
    Setting(
        "attachments",
        "images, none, documents",
        "Which attachments pass, made anew: pictures and plain text, none, or also the words of "
        ".docx and .odt documents.",
        _one_of(AttachmentPolicy),
    ),
    Setting(
        "bounce_days",
        "a number from 2, or none",
        "On how many days mail to a member must come back before it is stopped.",
        _number_or("none", WINDOW_DAYS, least=2),  # one bounce never ends anything
    ),
    Setting(
        "digest_posts",
        "a number or none",
        "A digest comes before its time once this many posts wait for it.",
        _number_or("none", 10000),
    ),
    Setting(
        "digest_kb",
        "a number or none",
        "A digest comes before its time once this many kilobytes of text wait for it.",
        _number_or("none", 100000),
    ),
    Setting(
        "language",
        "en, es",
        "The language of the lines below each post, of new handles, and of mail to people who "
        "have not chosen one.",
        _one_of(Language),
    ),
    Setting(
        "time_zone",
        "a place such as Europe/Madrid",
        "Where most members live: the clock of new members, until they choose another.",
        _zone,
    ),
    Setting(
        "crisis_line",
        "text",
        "One line below each mail that says where to find help in a crisis.",
        _sentence,
    ),
    _for_rule("on_automatic", "automatic mail, such as an out-of-office reply", _AUTOMATIC),
    _for_rule("on_empty", "a post with nothing left to read", _NOT_IGNORED),
    _for_rule("on_moderated", "a post that moderate picks out", _NOT_IGNORED),
    _for_rule("on_member", "a post of a member whose posts wait", _NOT_IGNORED),
    Setting(
        "emergency",
        "off, on",
        "On: every post waits, whoever wrote it, moderators aside.",
        _one_of(Switch),
    ),
    _for_rule("on_emergency", "posts while emergency is on", _NOT_IGNORED),
    Setting(
        "largest_post",
        "kilobytes or none",
        "Posts larger than that, as they come in, are too large.",
        _number_or("none", 100000),
    ),
    _for_rule("on_too_large", "a post that is too large", _REFUSABLE),
    Setting(
        "most_recipients",
        "a number or none",
        "How many addresses a post may have in To and Cc together.",
        _number_or("none", 10000),
    ),
    _for_rule("on_recipients", "a post to more addresses than that", _REFUSABLE),
    _for_rule("on_attachment", "a post with a file that was left out", _REFUSABLE),
    _for_rule("on_command", "a post that looks like a request to us", _REFUSABLE),
    _for_rule("on_rate", "more posts than posts_per_hour", _REFUSABLE),
    _for_rule("on_closed", "an answer in a conversation that was closed", _REFUSABLE),
    _for_rule("on_muted", "a post of a member who is muted", _NOT_IGNORED),
    _for_rule("on_banned", "a post from an address that is banned", _BANNED),
    _for_rule("on_doubtful", "a post that cleaning is not certain of", _DOUBTFUL),
    _for_rule("on_suspicious", "a post that the front mail server marks as spam", _REFUSABLE),
    Setting(
        "ask_private",
        "off, on",
        "Whether a member is asked before a post with a phone number or a street address goes out.",
        _one_of(Switch),
    ),
    Setting(
        "posts_go_out",
        "now, quarter",
        "When posts go out: at once, or at the next quarter of an hour, so that their time tells "
        "nothing.",
        _one_of(GoOut),
    ),
    Setting(
        "allowed_addresses",
        "addresses",
        "Addresses that may stand in posts, such as those of helplines. All others are taken out.",
        _addresses,
    ),
    Setting(
        "spam_header",
        "the name of a header field, or nothing",
        "Where the front mail server marks spam. Nothing: X-Spam-Flag and X-Spam-Status.",
        _header_name,
    ),
    Setting(
        "spam_score",
        "a number or none",
        "From which score in that field a post is spam. None: where it says yes.",
        _number_or("none", 1000),
    ),
    Setting(
        "keep_held",
        "days",
        "How long a post waits for a moderator; then it goes back to its author.",
        _number(1, 365),
    ),
    Setting(
        "join_question",
        "text",
        "What somebody who wants to join is asked; moderators see the answer.",
        _sentence,
    ),
    Setting(
        "tell_reveals",
        "off, on",
        "Whether a member is told by mail when somebody looks their address up.",
        _one_of(Switch),
    ),
)

_BY_NAME = {setting.name: setting for setting in SCHEMA}

PRESETS: Mapping[str, ListSettings] = {
    "discussion": ListSettings(),
    "peer-support": ListSettings(
        join=Join.APPROVE,
        keep_posts=90,
        moderate=Moderate(3),
        posts_per_hour=10,
        largest_post=10000,
        ask_private=Switch.ON,
    ),
    "announcement": ListSettings(
        join=Join.OPEN, moderate=Moderate(None), reply_to=ReplyTo.NONE, posts_per_hour=10
    ),
}


def preset(name: str) -> ListSettings:
    """The settings a preset begins with. Raises Refused for an unknown name."""
    if name not in PRESETS:
        raise Refused(f"There is no preset {name}. Choose one of: {', '.join(PRESETS)}.")
    return PRESETS[name]


def change(settings: ListSettings, changes: Mapping[str, str]) -> ListSettings:
    """The settings with the named ones changed, from their text form.

    Raises Refused, which names the setting and what it takes.
    """
    values: dict[str, Any] = {}
    for name, text in changes.items():
        setting = _BY_NAME.get(name)
        if setting is None:
            meant = nearest(name, _BY_NAME)
            known = f"The settings are: {', '.join(_BY_NAME)}."
            advice = f"Did you mean {meant}?" if meant else known
            raise Refused(f"There is no list setting {name}. {advice}")
        try:
            values[name] = setting.parse(text)
        except Refused as problem:
            raise Refused(f"{name} {problem}.") from None
    return replace(settings, **values)


def as_text(settings: ListSettings) -> dict[str, str]:
    """Every setting in its text form, as `change` reads it."""
    return {
        field.name: _text(field.name, getattr(settings, field.name)) for field in fields(settings)
    }


def from_text(values: Mapping[str, str]) -> ListSettings:
    """Settings as the database kept them. Names of a newer version are left alone."""
    return change(ListSettings(), {n: v for n, v in values.items() if n in _BY_NAME and v})


def _text(name: str, value: object) -> str:
    if value is None:
        return "forever" if name == "keep_posts" else "none"
    return str(value)
