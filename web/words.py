"""Words in the reader's language."""

from flask_babel import gettext


def _(text: str, **values: object) -> str:
    """The text in the reader's language, with the values put in for %(name)s."""
    return str(gettext(text, **values))


def N_(text: str) -> str:  # the name that Babel looks for
    """Marks a text for translators, and leaves it as it is."""
    return text
