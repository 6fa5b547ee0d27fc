"""Handles: friendly pseudonyms, one per subscription, never derived from anything."""

import unicodedata
from collections.abc import Callable, Collection, Sequence
from functools import cache
from importlib import resources

from listserv.domain.errors import Refused

MOST_LETTERS = 40

# Letters that look like another one on a screen: a handle must not pass for somebody else's.
# After Unicode TS 39, "confusables", cut down to what the allowed scripts can write.
_LOOKALIKES = str.maketrans(
    "0135$@|аеорсухіјѕԁһкмтвнοαρτυνιβ",
    "oiessaiaeopcyxijsdhkmtbhoaptuvib",
)
_RESERVED = (
    "moderator",
    "owner",
    "admin",
    "operator",
    "postmaster",
    "abuse",
    "quietlist",
    "staff",
    "visitor",
)


@cache
def words() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The adjectives and the animals and plants that handles are drawn from."""
    text = resources.files("listserv.domain").joinpath("handle_words.txt").read_text("utf-8")
    first, second = text.split("\n\n", 1)
    return tuple(first.split()), tuple(second.split())


def draw(choose: Callable[[Sequence[str]], str], taken: Callable[[str], bool]) -> str:
    """A free handle such as "Quiet Otter".

    choose picks one of a sequence at random; taken says whether a handle (by
    its skeleton) was ever used on this list. A number is added only when many
    draws in a row were taken.
    """
    adjectives, nouns = words()
    for attempt in range(1000):
        handle = f"{choose(adjectives)} {choose(nouns)}".title()
        if attempt >= 20:
            handle += " " + "".join(choose("23456789") for _ in range(1 + attempt // 50))
        if not taken(skeleton(handle)):
            return handle
    raise Refused("No free handle was found. Choose one by hand.")


def chosen(text: str, reserved: Collection[str] = _RESERVED) -> str:
    """A handle that a person chose, on one line. Raises Refused with what to do."""
    handle = " ".join(unicodedata.normalize("NFC", text).split())
    letters = [c for c in handle if c.isalpha()]
    if not 2 <= len(handle) <= MOST_LETTERS or len(letters) < 2:
        raise Refused(f"A handle has 2 to {MOST_LETTERS} letters.")
    if not all(c.isalnum() or c in " '-." or unicodedata.category(c) == "Mn" for c in handle):
        raise Refused("A handle is made of letters, digits, spaces, hyphens and apostrophes.")
    if len({unicodedata.name(c, "?").split()[0] for c in letters}) > 1:
        raise Refused("A handle is written in one alphabet.")
    plain = skeleton(handle)
    if any(skeleton(word) in plain for word in reserved):
        raise Refused("That handle could be taken for a moderator. Choose another.")
    return handle


def skeleton(handle: str) -> str:
    """What two handles share when a reader could take one for the other."""
    text = unicodedata.normalize("NFKD", handle.casefold())
    text = "".join(c for c in text if c.isalnum())
    return text.translate(_LOOKALIKES).replace("rn", "m").replace("vv", "w").replace("l", "i")
