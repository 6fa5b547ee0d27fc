"""How names are found in a line: whole, with endings, spelt apart, with digits for letters."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.edits import Edit
from listserv.mail.anonymise.languages import is_noun_at
from listserv.mail.anonymise.letters import (
    flat,
    has_any,
    has_digits_inside,
    has_letters_apart,
    is_joined,
    is_pointed,
    spelt,
    undisguised,
)

NAME_LEFT_OUT = "[name]"
# A shorter name is part of too many words and abbreviations (Al, Bo).
SHORTEST_EVERYWHERE = 3
SHORTEST_JOINED = 5
_SHORTEST_APART = 4
_MOST_APART = 20
_LETTER = r"[^\W\d_]"
# The endings that a name takes: genitives and plurals, and digits behind it in an account.
_ENDING = r"(?:'?s|es|'\w{1,4}|\w{0,8}[\d_]\w{0,8})?"


@dataclass(frozen=True)
class Search:
    """whole, apart: expressions for names as they are, and with their letters apart ("" for none).

    Most texts need one of them at most, and reading them takes long, so it waits for the first use.
    starts: letters of which some stand in every text that `whole` finds something in.
    heads: how `apart` begins, a space between the letters.
    guessed: what is found as one of these is a name with a capital only.
    """

    whole: str = field(repr=False)
    starts: tuple[str, ...] = field(repr=False)
    apart: str = field(repr=False, default="")
    heads: tuple[str, ...] = field(repr=False, default=())
    guessed: frozenset[str] = field(repr=False, default=frozenset())

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.whole)

    @cached_property
    def spread(self) -> re.Pattern[str]:
        return re.compile(self.apart)

    def without(self, words: str) -> str:
        """The words but for the names."""
        return self.pattern.sub("", words) if has_any(words, self.starts) else words

    def may_be_in(self, words: str) -> bool:
        """A cheap look at a whole text."""
        return has_any(words, self.starts) or has_letters_apart(words, self.heads)


def search_for(names: Iterable[str], cases: bool, guessed: Iterable[str] = ()) -> Search | None:
    """One alternation, longest first; every branch is bounded, so it stays linear.

    It is made for text in lower case without accents (`letters.flat`). cases: the author's
    language gives names endings. guessed: pieces of an account, that may be words as well.
    """
    forms = {form for name in names for form in (flat(name), spelt(name)) if form.strip()}
    if not forms:
        return None
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    branches = (_beginning(letter, same, cases) for letter, same in _by_letter(ordered))
    whole = "|".join(branches)
    starts = tuple(sorted(set(map(_start, forms))))
    apart = [
        f
        for f in ordered
        if f.isalpha() and not is_joined(f) and _SHORTEST_APART <= len(f) <= _MOST_APART
    ]
    spread = "|".join(_spread(letter, same) for letter, same in _by_letter(apart))
    unsure = frozenset(piece + ending for piece in guessed for ending in ("", "s", "'s"))
    heads = tuple(sorted({" ".join(form[:_SHORTEST_APART]) for form in apart}))
    return Search(whole, starts, spread, heads, unsure)


def _start(form: str) -> str:
    return form[0] if is_pointed(form) else max(form.split(), key=len)[:3]


# How names of one kind go on behind their first letter, "{}" being any of them.
_ALONE = f"(?<!{_LETTER}.)"
_JOINED = "(?:{})"
# Behind an article or preposition of one letter, as Hebrew and Arabic write them.
_PREFIXED = rf"(?<!{_LETTER}{{2}}.)(?:{{}})(?!{_LETTER})"
_DECLINED = rf"{_ALONE}(?:{{}})\w{{0,4}}(?!{_LETTER})"
_LONG = f"{_ALONE}(?:{{}}){_ENDING}(?!{_LETTER})"
_SHORT = f"{_ALONE}(?:{{}})(?:'s)?(?!{_LETTER})"
# "Z e l d a", "Z-e-l-d-a", behind the first letter too.
_MARK = "[ ._-]"
# Vowels, and the line that only makes a word longer, which most people leave out.
_POINTS = "[\u0591-\u05c7\u0640\u064b-\u0655\u0670]{0,3}"
_SPREAD = rf"(?={_MARK}){_ALONE}(?<!\b{_LETTER}{_MARK}.)(?:{{}})(?!{_LETTER}|{_MARK}{_LETTER}\b)"

# A form in two halves around the first marks in it; one without any is the first half.
_FIRST_MARK = re.compile(r"([^ ,._-]*)([ ,._-]*)(.*)", re.DOTALL)


def _kind(form: str, cases: bool) -> str:
    if is_joined(form):
        return _JOINED
    if is_pointed(form):
        return _PREFIXED
    if (cases or not form.isascii()) and len(form) >= SHORTEST_JOINED - 1 and form.isalpha():
        return _DECLINED  # outside of the Latin alphabet names mostly have cases
    return _LONG if len(form) > SHORTEST_EVERYWHERE else _SHORT


def _by_letter(forms: list[str]) -> Iterator[tuple[str, Iterator[str]]]:
    return groupby(sorted(forms, key=lambda form: form[0]), key=lambda form: form[0])


def _beginning(letter: str, forms: Iterable[str], cases: bool) -> str:
    """All that begin with one letter. It stands first, so that the search leaps to it."""
    kinds: dict[str, list[str]] = {_DECLINED: [], _LONG: [], _SHORT: [], _JOINED: [], _PREFIXED: []}
    for form in forms:
        kinds[_kind(form, cases)].append(form)
    groups = "|".join(_group(kind, found) for kind, found in kinds.items() if found)
    return f"{re.escape(letter)}(?:{groups})"


def _group(kind: str, forms: list[str]) -> str:
    """What follows the first letter, with one look around for all of a kind."""
    # Between two names an initial may stand.
    gap = r"\s{0,3}" if kind == _JOINED else rf"(?:\s{_LETTER}\.?)?\s{{1,3}}"
    stems = (form[:-1] if kind == _DECLINED and len(form) > 4 else form for form in forms)
    rests = [stem[1:] for stem in stems]
    words = map(_pointed, rests) if kind == _PREFIXED else _differently_joined(rests)
    return kind.replace("{}", "|".join(words).replace("\\ ", gap))


def _differently_joined(rests: Iterable[str]) -> Iterator[str]:
    """ "nn archer", "nn, archer" and "nn.archer" as one expression, which is read much faster."""
    marks: dict[tuple[str, str], list[str]] = {}
    for rest in rests:
        if parts := _FIRST_MARK.fullmatch(rest):
            first, mark, last = parts.groups()
            marks.setdefault((first, last), []).append(re.escape(mark))
    for (first, last), between in marks.items():
        yield re.escape(first) + _one_of(between) + re.escape(last)


def _one_of(marks: list[str]) -> str:
    if len(marks) == 1:
        return marks[0]
    gaps = (",\\ ", "\\ ")
    if set(gaps).issubset(marks):
        marks = [",?\\ ", *(mark for mark in marks if mark not in gaps)]
    return f"(?:{'|'.join(marks)})"


def _pointed(rest: str) -> str:
    return _POINTS + _POINTS.join(map(re.escape, rest))


def _spread(letter: str, forms: Iterable[str]) -> str:
    rests = ("".join(f"{_MARK}{{1,2}}{char}" for char in form[1:]) for form in forms)
    return letter + _SPREAD.replace("{}", "|".join(rests))


def edits_in(search: Search | None, text: str, words: str) -> list[Edit]:
    """Every name in the line, in order. words: the line as `flat` gives it."""
    if search is None:
        return []
    if not has_any(words, search.starts):
        return _spread_edits(search, words)
    found = [
        Edit(*m.span(), NAME_LEFT_OUT + _genitive(m[0]), RedactionKind.OWN_NAME)
        for m in search.pattern.finditer(words)
        if _names(m, text, search)
    ]
    apart = _spread_edits(search, words)
    return sorted([*found, *apart], key=lambda edit: edit.start) if apart else found


def disguised_in(search: Search | None, text: str, words: str) -> list[Edit]:
    """ "Quarkwr1ght": a long name with digits for some of its letters."""
    if search is None or not has_digits_inside(text):
        return []
    found = {
        (m.start(), m.end())
        for meant in undisguised(words)
        if has_any(meant, search.starts)
        for m in search.pattern.finditer(meant)
        if m.end() - m.start() >= SHORTEST_JOINED and has_digits_inside(text[m.start() : m.end()])
    }
    edits: list[Edit] = []
    for start, end in sorted(found):
        if not edits or start >= edits[-1].end:
            edits.append(Edit(start, end, NAME_LEFT_OUT, RedactionKind.OWN_NAME))
    return edits


def _spread_edits(search: Search, words: str) -> list[Edit]:
    """ "Z e l d a": letters that stand apart."""
    if not has_letters_apart(words, search.heads):
        return []
    return [
        Edit(m.start(), m.end(), NAME_LEFT_OUT, RedactionKind.OWN_NAME)
        for m in search.spread.finditer(words)
    ]


def _names(match: re.Match[str], text: str, search: Search) -> bool:
    """Whether what was found is meant as a name."""
    start, end = match.span()
    guess = match[0] in search.guessed
    if guess and is_noun_at(text, start):
        return False
    long = end - start > SHORTEST_EVERYWHERE
    return (long and not guess) or _is_written_as_name(text[start:end])


def _is_written_as_name(word: str) -> bool:
    """Three letters, or a guess, are a name with a capital only: "Ann", not "ann"."""
    return word[0].isupper() or not word.isascii()


def _genitive(found: str) -> str:
    return found[-2:] if found[-2:-1] == "'" else ""
