"""Letters as they sound: many write their own name with and without its accents."""

import unicodedata

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


def flat(text: str) -> str:
    """As long as the text itself, so that places in one are places in the other."""
    return text.lower() if text.isascii() else text.translate(_FLAT)


def spelt(name: str) -> str:
    """ "Jürgen Groß" as "juergen gross"."""
    return flat(name.lower().translate(_SPELT))


def is_joined(name: str) -> bool:
    """Whether its script writes words without spaces between them."""
    return any(
        "\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7ff" or "\u0e00" <= char <= "\u0eff"
        for char in name
    )
