"""The notices of the golden tests: what each is given, as the services give it.

A new notice needs a sample of each new value in `values_of`, and its two golden files.
"""

from pathlib import Path
from typing import Any

from listserv.domain.language import Language
from listserv.domain.reasons import words

TEMPLATES = Path(__file__).parents[3] / "listserv" / "mail" / "templates"
NOTICES = tuple(sorted(folder.name for folder in TEMPLATES.iterdir()))
TOKEN = "aaaaaaaaaaaaaaaaaaaaaaaaaa"
RECIPIENT = "ann@example.net"

# What every notice gets, and nothing personal is in it.
OF_LIST = {
    "outer_name": "Evenings",
    "list_address": "evenings@example.org",
    "list_page": "https://lists.example.org/lists/evenings@example.org",
    "help_address": "evenings-help@example.org",
    "owner_address": "evenings-owner@example.org",
    "join_address": "evenings-join@example.org",
    "leave_address": "evenings-leave@example.org",
    "request_address": "evenings-request@example.org",
    "crisis_line": "In a crisis, call 112.",
    "join_question": "What brings you here?",
}
PAGES = {
    "me_page": "https://lists.example.org/me",
    "confirm_page": f"https://lists.example.org/confirm/{TOKEN}",
}
OF_NO_LIST = frozenset(
    {"sign_in", "confirm_new_address", "confirm_old_address", "address_changed", "address_in_use"}
)
_CHANGE = {
    "delivery": "",
    "handle": "Quiet Otter",
    "until": "",
    "wanted": "",
    "hour": "",
    "time_zone": "",
    "chosen_language": "",
    "format": "",
}
# The more there is to say, the harder it reads: so each is given all it can be given.
_DAY = {
    Language.ENGLISH: "Thursday, 24 December 2026",
    Language.SPANISH: "jueves, 24 de diciembre de 2026",
}
CHANGES: dict[str, dict[str, str]] = {
    "pause": {"kind": "pause"},
    "pause_until": {"kind": "pause", "until": "24.12."},
    "resume": {"kind": "resume"},
    **{way: {"kind": "delivery", "delivery": way} for way in ("each", "daily", "weekly", "none")},
    "handle": {"kind": "handle"},
    "new_handle": {"kind": "handle", "handle": ""},
    "receipts": {"kind": "receipts", "wanted": "yes"},
    "no_receipts": {"kind": "receipts", "wanted": "no"},
    "one_time": {"kind": "one_time", "wanted": "yes"},
    "no_one_time": {"kind": "one_time", "wanted": "no"},
    "hour": {"kind": "hour", "hour": "8"},
    "time_zone": {"kind": "time_zone", "time_zone": "Europe/Madrid"},
    "english": {"kind": "language", "chosen_language": "en"},
    "spanish": {"kind": "language", "chosen_language": "es"},
    **{form: {"kind": "format", "format": form} for form in ("reader", "plain", "mime", "index")},
    "data": {"kind": "data"},
    **{form: {"kind": "format", "format": form} for form in ("reader", "plain", "mime", "index")},
}
_GROUP = {
    "outer_name": "Evenings",
    "list_address": "evenings@example.org",
    "handle": "Quiet Otter",
    "state": "active",
    "delivery": "each",
    "until": "",
}
_OTHER = {**_GROUP, "outer_name": "Mornings", "list_address": "mornings@example.org"}
# Of posts that wait.
_HELD = {
    "title": "A hard week",
    "days": 14,
    "files": 2,
    "number": 3,
    "held_page": f"https://lists.example.org/held/{TOKEN}",
    "lines": ["Quiet Otter: A hard week", "Blue Heron: Thursday", "Visitor: A question"],
    "ruling": "trust",
    "may_trust": "yes",
    "newcomers": ["Amber Sparrow", "Mild Fern"],
    "words": "I have been ill for a year.",
    "request_page": f"https://lists.example.org/requests/{TOKEN}",
    "late": "yes",
    "let_in": "yes",
    "who": "Warm Lantern",
}


def change(name: str) -> dict[str, str]:
    """What `confirm_change` and `changed` are given for that change."""
    return {**_CHANGE, **CHANGES[name]}


def values_of(notice: str, language: Language) -> dict[str, Any]:
    """One sample for each notice."""
    of_list = dict.fromkeys(OF_LIST, "") if notice in OF_NO_LIST else OF_LIST
    return {
        **of_list,
        **PAGES,
        **change("daily"),
        "until": _DAY[language],
        "posts": "",
        "groups": ["Evenings", "Mornings"] if notice == "confirm_forget" else _groups(language),
        "problem": "" if notice == "confirm_change" else "The hour is a number from 0 to 23.",
        "reason": "Please leave out the name of the clinic.",
        "text": "We met at the clinic.",
        "code": "123456",
        "sign_in_page": f"https://lists.example.org/sign-in/{TOKEN}",
        **_HELD,
        "why": words("first_posts", language, "3"),
    }


def _groups(language: Language) -> list[dict[str, str]]:
    paused = {**_OTHER, "state": "paused", "until": _DAY[language]}
    return [_GROUP, paused]


def cases() -> tuple[tuple[str, Language], ...]:
    """Each notice in each language."""
    return tuple((notice, language) for notice in NOTICES for language in Language)
