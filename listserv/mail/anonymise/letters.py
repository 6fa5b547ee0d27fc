"""Letters as they sound: many write their own name with and without its accents."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from listserv.domain.lookalikes import LIKE_LATIN

# Letters that do not fall apart into a plain one and an accent.
_PLAIN = {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ς": "σ", "’": "'"}
# How names are written where such letters are missing.
_SPELT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe"}
)


class _Flat(dict[int, str]):
    """Fills itself: what each letter is without case, accent or ornament; one for one."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        whole = unicodedata.normalize("NFKD", letter)
        base = "".join(char for char in whole if not unicodedata.combining(char)) or letter
        lower = base.lower() if len(base.lower()) == 1 else letter
        flat = self[code] = _PLAIN.get(lower, lower if len(base) == 1 else letter)
        return flat


_FLAT = _Flat()


# Words, and what stands between them with at most one letter.
_PIECE = re.compile(r"[^\W\d_]{2,60}|[^\W\d_][\W\d_]*|[\W\d_]+")
_LATIN = re.compile(r"[a-z]")
_OTHER = re.compile(r"[\u03b1-\u03c9\u0430-\u045f\u0455-\u0458\u04bb\u0501\u051b\u051d]")


def flat(text: str) -> str:
    """As long as the text itself, so that places in one are places in the other."""
    if text.isascii():
        return text.lower()
    lower = text.translate(_FLAT)
    if not _is_mixed(lower):
        return lower
    return "".join(map(_Unmixed().__getitem__, _PIECE.findall(lower)))


class _Unmixed(dict[str, str]):
    """Fills itself: a word of two alphabets in one as the Latin word that it looks like."""

    def __missing__(self, word: str) -> str:
        found = self[word] = word.translate(LIKE_LATIN) if _is_mixed(word) else word
        return found


def _is_mixed(text: str) -> bool:
    return not text.isascii() and bool(_OTHER.search(text) and _LATIN.search(text))


# Letters that are another one in upper case but not in lower case: the dotless i, the long s, and
# the Greek and Cyrillic ones of old prints and formulas; and a sigma, whichever ends its word.
_VARIANTS = {
    letter: letter.upper().lower()[0]
    for letter in "İıſΣςµ\u1fbeϐϑϕϖϰϱϵẛ\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88"
}
_VARIANT = re.compile(f"[{''.join(_VARIANTS)}]")


def lowered(text: str) -> str:
    """In lower case and as long as the text itself; letters that IGNORECASE holds equal are one."""
    return text.lower() if text.isascii() else _without_variants(text).lower()


def for_lowered(expression: str) -> re.Pattern[str]:
    """An expression in lower case, to search what `lowered` returns: a third of the time."""
    return re.compile(_without_variants(expression))


def _without_variants(text: str) -> str:
    return _VARIANT.sub(lambda found: _VARIANTS[found[0]], text)


def may_have_digits(text: str) -> bool:
    """A cheap look, before an expression that leaps from digit to digit."""
    return not text.isascii() or has_any(text, "0123456789")


def has_any(text: str, pieces: Iterable[str]) -> bool:
    """Whether one of the pieces stands in the text; for cheap looks before a long search."""
    for piece in pieces:  # noqa: SIM110 - any() takes three times as long, and this is for each line
        if piece in text:
            return True
    return False


def spelt(name: str) -> str:
    """ "Jürgen Groß" as "juergen gross"."""
    return flat(name.lower().translate(_SPELT))


_LIKE_LETTERS = "013457@$"
# The digit stands first, so that the search leaps to it.
_DISGUISED = re.compile(
    r"[013457@$](?:(?<=[^\W\d_].)[013457@$]{0,2}[^\W\d_]|(?<!\w.)[^\W\d_]{3}"
    r"|(?<=[^\W\d_]{2}[\w@$].)(?!\w))"
)
# A one is drawn for either letter.
_UNDISGUISED = tuple(str.maketrans("013457@$", f"o{one}east" + "as") for one in "il")


def has_digits_inside(text: str) -> bool:
    """Whether something in it looks like a word with digits for letters."""
    return has_any(text, _LIKE_LETTERS) and bool(_DISGUISED.search(text))


def has_letters_apart(text: str, heads: Sequence[str]) -> bool:
    """Whether words like these stand in it with one or two marks between their letters.

    heads: how they begin, a space between the letters.
    """
    if not heads:
        return False
    for mark in "._-":
        text = text.replace(mark, " ")
    return has_any(text.replace("  ", " "), heads)


def undisguised(words: str) -> tuple[str, ...]:
    """What "qu4rkwr1ght" may be read as; as long as the text itself."""
    return tuple(words.translate(table) for table in _UNDISGUISED)


_JOINED = re.compile("[\u2e80-\u9fff\uac00-\ud7ff\u0e00-\u0eff]")
_POINTED = re.compile("[\u0590-\u06ff]")


def is_joined(name: str) -> bool:
    """Whether its script writes words without spaces between them."""
    return not name.isascii() and bool(_JOINED.search(name))


def is_pointed(name: str) -> bool:
    """Whether its script writes vowels as points, or leaves them out."""
    return not name.isascii() and bool(_POINTED.search(name))
