"""Letters that look like others, after Unicode TS 39 ("confusables").

Cut down to what a handle may be written in, by the shapes of both cases; where
these differ, by the capital.
"""

import unicodedata
from collections.abc import Iterable

_LATIN = """
    0o 1i 3e 4a 5s 7t 8b 9g ıi ȷj łl øo đd ðd ħh ŧt ɑa ɡg ɩi ɪi ƒf æae œoe þp ŋn əe ɛe
    ʟi ɴn ʀr ᴀa ᴄc ᴅd ᴇe ᴊj ᴋk ᴍm ᴏo ᴘp ᴛt ᴜu ᴠv ᴡw ᴢz ꜱs
"""
_CYRILLIC = (
    "аa вb гr еe зe кk мm нh оo пn рp сc тt уy хx ьb ѕs іi јj ѵv ѡw шw өo әe ӏi ԁd һh ԛq ԝw ӕae"
)
_GREEK = "αa βb γy εe ζz ηh ιi κk μm νn οo ρp σo ςc τt υy χx ωw ϳj"
_ALIKE = str.maketrans({pair[0]: pair[1:] for pair in f"{_LATIN} {_CYRILLIC} {_GREEK}".split()})
# Letters of other alphabets, one for one.
LIKE_LATIN = str.maketrans(
    {pair[0]: pair[1] for pair in f"{_CYRILLIC} {_GREEK}".split() if len(pair) == 2}
)
_SEVERAL = (("rn", "m"), ("vv", "w"), ("l", "i"))

# Scripts that one text may well mix.
_TOGETHER = (
    frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}),
    frozenset({"CJK", "HANGUL"}),
    frozenset({"CJK", "BOPOMOFO"}),
)


def skeleton(handle: str) -> str:
    """What two handles share when a reader could take one for the other.

    Small letters and digits only; for comparing, not to be shown.
    """
    # Twice: what comes apart may have a capital within.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", handle).casefold())
    letters = "".join(_plain_digit(c) for c in folded if c.isalnum()).translate(_ALIKE)
    for several, one in _SEVERAL:
        letters = letters.replace(several, one)
    return letters


def is_one_script(letters: Iterable[str]) -> bool:
    """Whether they are of one alphabet, or of some that are written together."""
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in letters}
    return len(scripts) <= 1 or any(scripts <= mixed for mixed in _TOGETHER)


def _plain_digit(char: str) -> str:
    """The ASCII digit that a digit of any script means."""
    value = unicodedata.digit(char, None)
    return char if value is None else str(value)
