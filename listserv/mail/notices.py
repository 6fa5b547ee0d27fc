"""Our own mail in plain words: templates, one folder a notice, one file a language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from listserv.domain.language import Language
from listserv.mail.footer import notice_footer
from listserv.mail.problems import in_language

_PLACEHOLDER = re.compile(r"\{([a-z_]{1,30})\}")
_BRACES = re.compile(r"\{([^{}\n]{1,40})\}")
_GAP = re.compile(r"\n{3,}")
# For {until} in a break without an end, in the owners' words.
_NO_END = {Language.ENGLISH: "you say so", Language.SPANISH: "que tú lo digas"}
# Who reads these is in no group, so nothing below says how to leave it.
_TO_OUTSIDERS = frozenset(
    {
        "confirm_join",
        "confirm_invite",
        "goodbye",
        "forgotten",
        "left_alone",
        "not_member",
    }
)


@dataclass(frozen=True)
class Rendered:
    """subject is one line; body has LF line ends."""

    subject: str
    body: str


def render(notice: str, language: Language, own: str = "", /, **values: Any) -> Rendered:
    """Fills the templates of one notice, and adds the footer.

    own: the owners' words in place of our body, with placeholders such as
    {handle}. Notices of no list have "" for what they would say of one.
    Raises jinja2.UndefinedError for a missing value.
    """
    ending = "" if language is Language.ENGLISH else f".{language}"
    if "problem" in values:
        values["problem"] = in_language(values["problem"], language)
    subject = _environment().get_template(f"{notice}/subject{ending}.txt").render(values)
    if own:
        body = fill(own, {**values, "until": values.get("until") or _NO_END[language]})
    else:
        ours = _environment().get_template(f"{notice}/body{ending}.txt").render(values)
        body = _GAP.sub("\n\n", ours)
    whole = f"{body.strip()}\n\n{_footer(notice, language, values)}"
    return Rendered(" ".join(subject.split()), whole.rstrip("\n") + "\n")


def placeholders_in(own: str) -> list[str]:
    """What stands in braces in owners' words, as it comes: names that we know, and mistakes."""
    return _BRACES.findall(own)


def fill(own: str, values: Mapping[str, Any]) -> str:
    """Puts values in for {names}; nothing else of the text means anything."""
    return _PLACEHOLDER.sub(lambda name: str(values.get(name[1], name[0])), own)


def _footer(notice: str, language: Language, values: Mapping[str, Any]) -> str:
    leave = "" if notice in _TO_OUTSIDERS else values.get("leave_address", "")
    return notice_footer(
        language,
        leave,
        values.get("help_address", ""),
        values.get("owner_address", ""),
        values.get("crisis_line", ""),
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("listserv.mail"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  # plain text mail; nothing here becomes HTML
        trim_blocks=True,
    )
