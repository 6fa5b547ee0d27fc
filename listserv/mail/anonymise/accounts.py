"""What the local part of an address tells of its owner: `ann.archer77` is an Ann Archer."""

import re
from dataclasses import dataclass, field
from functools import cache

from listserv.domain.handle_words import words_of
from listserv.domain.language import Language
from listserv.mail.anonymise.letters import flat
from listserv.mail.anonymise.words import ACCOUNT_WORDS, NAMES_THAT_ARE_WORDS, NO_NAMES

_PIECE = re.compile(r"[^\W\d_]{2,40}")
_MARKS = re.compile(r"[\W\d_]+")
# How fond forms of a name go on behind its first letters.
_FOND = re.compile(r"[a-z]{0,3}(?:y|ie|i|o|a|s|z|chen|lein|ita|ito|inha|inho|ka|sha|etta|ina)")
_MOST_PIECES = 4
_SHORTEST = 3


@dataclass(frozen=True)
class Account:
    """letters: all of it, joined. pieces: its words. telling: those that are no common word."""

    letters: str = field(repr=False)
    pieces: tuple[str, ...] = field(repr=False)
    telling: tuple[str, ...] = field(repr=False)

    def is_signed(self, words: str) -> bool:
        """Whether a lone word is how the account begins or ends: "Ann" of `annarcher`."""
        name = words.strip(" \t*_~-,.!)(")
        return (
            len(name) >= _SHORTEST
            and name.isalpha()
            and (self.letters.startswith(name) or self.letters.endswith(name))
            and (name == self.letters or not is_common(name))
        )


def shortens(word: str, name: str) -> bool:
    """Whether a lone word is a short or fond form of a name: "zel", "zelly" of "zelda"."""
    if len(word) < _SHORTEST or len(name) < _SHORTEST or is_common(word):
        return False
    fond = word[:_SHORTEST] == name[:_SHORTEST] and _FOND.fullmatch(word[_SHORTEST:])
    return name.startswith(word) or bool(fond)


def account_of(local: str) -> Account | None:
    """None for one that belongs to nobody in particular, such as `info`."""
    base = flat(local.partition("+")[0])
    pieces = tuple(p for p in _PIECE.findall(base)[:_MOST_PIECES] if p not in NO_NAMES)
    if not pieces:
        return None
    telling = tuple(p for p in pieces if len(p) >= _SHORTEST and not is_common(p))
    return Account(_MARKS.sub("", base), pieces, telling)


def is_common(word: str) -> bool:
    """Whether it is a word that accounts and handles are made of, or names that are words."""
    return word in _common()


@cache
def _common() -> frozenset[str]:
    """Words that people make accounts of, and write as words."""
    return NAMES_THAT_ARE_WORDS | NO_NAMES | ACCOUNT_WORDS | handle_words()


@cache
def handle_words() -> frozenset[str]:
    """The words of which handles are made, in any of our languages."""
    known = (words_of(language) for language in Language)
    return frozenset(flat(word) for words in known for word in (*words.adjectives, *words.nouns))
