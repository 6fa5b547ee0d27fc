"""Our own mail in plain words: templates, one folder a notice."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from listserv.domain.language import Language

_PLACEHOLDER = re.compile(r"\{([a-z_]{1,30})\}")


@dataclass(frozen=True)
class Rendered:
    """subject is one line; body has LF line ends."""

    subject: str
    body: str


def render(notice: str, language: Language, own: str = "", /, **values: Any) -> Rendered:
    """Fills the templates of one notice.

    own: the owners' words in place of our body, with placeholders such as
    {handle}. Raises jinja2.UndefinedError for a missing value.
    """
    ending = "" if language is Language.ENGLISH else f".{language}"
    environment = _environment()
    subject = environment.get_template(f"{notice}/subject{ending}.txt").render(values)
    if own:
        body = fill(own, values)
    else:
        body = environment.get_template(f"{notice}/body{ending}.txt").render(values)
    return Rendered(" ".join(subject.split()), body.strip() + "\n")


def placeholders_in(own: str) -> list[str]:
    """The names in braces that owners' words contain, as they come."""
    return _PLACEHOLDER.findall(own)


def fill(own: str, values: dict[str, Any]) -> str:
    """Puts values in for {names}; nothing else of the text means anything."""
    return _PLACEHOLDER.sub(lambda name: str(values.get(name[1], name[0])), own)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("listserv.mail"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  # plain text mail; nothing here becomes HTML
        trim_blocks=True,
    )
