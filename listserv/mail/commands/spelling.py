"""Words as they are compared: small letters, without accents and marks."""

import unicodedata

_LONGEST = 60


def plain_word(word: str) -> str:
    """ "¡Olvídame!" is "olvidame", and "don't" is "dont"."""
    taken_apart = unicodedata.normalize("NFKD", word[:_LONGEST].casefold())
    return "".join(letter for letter in taken_apart if letter.isalnum())


def plain_words(text: str) -> list[str]:
    """The words of a text that have letters or digits."""
    return [plain for word in text.split() if (plain := plain_word(word))]


def word_set(text: str) -> frozenset[str]:
    """Words that are parted by spaces, as a set."""
    return frozenset(text.split())
