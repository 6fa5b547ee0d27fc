"""Our own mail in plain words: templates, one folder a notice."""

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined


@dataclass(frozen=True)
class Rendered:
    """subject is one line; body has LF line ends."""

    subject: str
    body: str


def render(notice: str, **values: str) -> Rendered:
    """Fills the templates of one notice. Raises jinja2.UndefinedError for a missing value."""
    environment = _environment()
    subject = environment.get_template(f"{notice}/subject.txt").render(values)
    body = environment.get_template(f"{notice}/body.txt").render(values)
    return Rendered(" ".join(subject.split()), body.strip() + "\n")


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("listserv.mail"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701  # plain text mail; nothing here becomes HTML
        trim_blocks=True,
    )
