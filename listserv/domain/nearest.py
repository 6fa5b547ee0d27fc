"""Which name somebody meant who mistyped one."""

from collections.abc import Iterable
from difflib import get_close_matches

_ALIKE = 0.7  # of 1: two names that share so much differ by a typing error


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is most like it, whatever the case; "" where none is."""
    return next(iter(get_close_matches(name.lower(), list(known), 1, _ALIKE)), "")
