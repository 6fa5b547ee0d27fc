"""Addresses that people spell out so that robots miss them: "ann (at) example (dot) org"."""

import re
from collections.abc import Iterator

from listserv.mail.anonymise.letters import has_any, lowered

# It ends at its last letter, or at an "at" between two of its marks.
_NAME = r"(?<![\w.+-])(?:[\w.+-]{1,64}+|[\w.+-]{1,64}?(?=[_-](?:at|arroba)[*_-]))"
_HOST = r"[\w-]{1,63}+"
_TOP = r"[a-z]{2,10}(?!\w)"
# Where nothing but words stands, the last one must be one that no sentence has there.
_SURE_TOP = (
    r"(?:com|org|net|edu|info|biz|io|eu|de|fr|es|uk|nl|ch|pt|br|mx|ar|pl|se|dk|fi|ru|ua|jp|cn|ca"
    r"|au|nz|example)(?!\w)"
)
_AT = (
    r"\s{0,2}(?:[\[({<]{1,2}\s?(?:at|ät|a|arroba|arobase|chez|chiocciola|malpa|@)\s?[\])}>]{1,2}"
    r"|[*_-](?:at|arroba)[*_-]|@)\s{0,2}"
)
_WORD_AT = r"\s(?:at|ät|arroba|arobase|chiocciola)\s"
_DOT = r"\s{0,2}[\[({<]{1,2}\s?(?:dot|punkt|punto|point|ponto|\.)\s?[\])}>]{1,2}\s{0,2}"
_WORD_DOT = r"\s(?:dot|punkt|punto|point|ponto)\s"
_DOTTED = rf"{_HOST}(?:(?:\.|{_DOT}|{_WORD_DOT}){_HOST}){{0,4}}"
_WITH_DOT = rf"(?:{_AT}|{_WORD_AT}){_DOTTED}(?:{_DOT}{_TOP}|{_WORD_DOT}{_SURE_TOP})"
_WITH_AT = rf"{_AT}(?:{_HOST}\.){{1,4}}{_TOP}"
# Names of accounts elsewhere that look alike (Matrix, the Fediverse).
_ACCOUNT = rf"@(?<!\w@)[\w.=/+-]{{1,64}}+[:@](?:{_HOST}\.){{1,4}}{_TOP}"
_SPELT = re.compile(rf"{_NAME}(?:{_WITH_DOT}|{_WITH_AT})|{_ACCOUNT}", re.IGNORECASE)
# The same for texts in which no dot is spelt out.
_SPELT_AT = re.compile(rf"{_NAME}{_WITH_AT}|{_ACCOUNT}", re.IGNORECASE)
# Cheap looks that spare most lines the long ones.
_BRACKETS = ("[", "(", "{", "<")
_MAY_BE_AT = ("@", "*", "_", "-", *_BRACKETS)
_MAY_BE_DOT = ("dot", "punkt", "punto", "point", "ponto", *_BRACKETS)
_MARKED_AT = re.compile(
    r"@|[\[({<*_-]\s?(?:at|ät|a|arroba|arobase|chez|chiocciola|malpa)\s?[\])}>*_-]", re.I
)
_DOTTED_WORD = re.compile(rf"{_WORD_DOT}|{_DOT}", re.IGNORECASE)


def may_have_spelt(text: str) -> bool:
    """A cheap look at a line or a whole text."""
    words = lowered(text)
    marked = has_any(words, _MAY_BE_AT) and _MARKED_AT.search(words)
    return bool(marked or _has_spelt_dot(words))


def find_spelt(text: str) -> Iterator[tuple[int, int]]:
    """Where such addresses stand; plain ones may be among them."""
    if may_have_spelt(text):
        spelt = _SPELT if _has_spelt_dot(lowered(text)) else _SPELT_AT
        yield from (match.span() for match in spelt.finditer(text))


def _has_spelt_dot(words: str) -> bool:
    """words: what `lowered` returns."""
    return has_any(words, _MAY_BE_DOT) and bool(_DOTTED_WORD.search(words))
