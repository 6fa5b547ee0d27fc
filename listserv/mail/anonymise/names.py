"""The author's own names and addresses in what they wrote."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from listserv.domain.author import Author
from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.edits import Edit
from listserv.mail.anonymise.letters import flat, is_joined, spelt
from listserv.mail.anonymise.words import NAMES_THAT_ARE_WORDS, NO_NAMES
from listserv.mail.characters import one_line
from listserv.mail.inbound import InboundMessage

NAME_LEFT_OUT = "[name]"
# A shorter name is part of too many words and abbreviations (Al, Bo).
_SHORTEST_EVERYWHERE = 3
_SHORTEST_JOINED = 5
_MOST_NAMES = 40
_MOST_WORDS = 8
_LONGEST = 200
_MOST_APART = 20
_LONGEST_INITIALS = 20
_MARKS = re.compile(r"[\W_]+")
# Letters of languages in which names have cases.
_CASED = frozenset("ąćęłńśźżčďěňřšťůžđ")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_TOKEN = re.compile(r"[^\W_]+")
_LETTER = r"[^\W\d_]"
# The endings that a name takes: genitives and plurals, and digits behind it in an account.
_ENDING = r"(?:'?s|es|'\w{1,4}|\w{0,8}[\d_]\w{0,8})?"


@dataclass(frozen=True)
class _Search:
    """starts: letters of which some stand in every text that the pattern finds something in."""

    pattern: re.Pattern[str] = field(repr=False)
    starts: tuple[str, ...] = field(repr=False)
    spread: re.Pattern[str] | None = field(repr=False, default=None)

    def may_be_in(self, words: str) -> bool:
        """A cheap look that spares most texts the long one."""
        for start in self.starts:  # noqa: SIM110 - runs for each line; any() takes twice as long
            if start in words:
                return True
        return False


@dataclass(frozen=True)
class Names:
    """What the author is called. `everywhere` and `alone` find it in a line.

    everywhere: full names, names that are no word, distinctive account names.
    alone: single names, searched only where a text greets, signs or introduces.
    initials: as one signs with them. handle: what everybody may see.
    """

    everywhere: _Search | None = field(repr=False)
    alone: _Search | None = field(repr=False)
    initials: frozenset[str] = field(repr=False, default=frozenset())
    handle: str = ""

    def find(self, text: str) -> list[Edit]:
        """Wherever it stands."""
        return _edits(self.everywhere, text)

    def find_alone(self, text: str) -> list[Edit]:
        """In a greeting, sign-off, attribution or introduction."""
        return _edits(self.alone, text)

    def is_only_name(self, text: str) -> bool:
        """Whether the text is nothing but the author's names, marks around them aside."""
        if not self.alone or len(text) > _LONGEST:
            return False
        words = flat(text)
        rest = self.everywhere.pattern.sub("", words) if self.everywhere else words
        rest = self.alone.pattern.sub("", rest)
        if rest == words:
            return len(words) <= _LONGEST_INITIALS and _letters(words) in self.initials - {""}
        return _letters(rest) in self.initials

    def is_handle(self, text: str) -> bool:
        """Whether the text is the name that the author has here."""
        return bool(self.handle) and _letters(flat(text)) == _letters(flat(self.handle))


def names_of(message: InboundMessage, author: Author) -> Names:
    """Every name and account name that the header and what we know of the author give."""
    written = {one_line(name)[:_LONGEST] for name in author.names | message.known_names}
    addresses = {a.lower() for a in author.addresses | message.known_addresses}
    full: set[str] = set()
    single: set[str] = set()
    initials: set[str] = set()
    for name in sorted(written, key=len)[:_MOST_NAMES]:
        words = _words(name)
        full.update(_full_forms(words))
        full.update({name.partition("(")[0].strip()} if len(words) > 1 else ())
        full.update(_with_particle(name))
        single.update(words)
        initials.update(_initials(words))
    for account in {a.partition("@")[0] for a in sorted(addresses)[:_MOST_NAMES] if "@" in a}:
        full.update(_account_forms(account, single))
    kept = flat(author.handle)
    full, single = ({n for n in names if flat(n) != kept} for names in (full, single))
    everywhere = full | {word for word in single if _is_telling(word)}
    cases = any(not _CASED.isdisjoint(name.lower()) for name in written)
    return Names(
        _pattern(everywhere, cases),
        _pattern(single | full, cases),
        frozenset({"", *initials}),
        author.handle,
    )


def _words(name: str) -> list[str]:
    """The parts of a name that name somebody: "Dr. Zoë van Dyk (work)" gives Zoë and Dyk."""
    found = (word.strip("'’-") for word in _WORD.findall(name.partition("(")[0]))
    words = [word for word in found if len(word) > 1 and word.lower() not in NO_NAMES]
    halves = [half for word in words if "-" in word for half in word.split("-") if len(half) > 2]
    joined = [re.sub("['’-]", "", word) for word in (*words, *halves) if not word.isalpha()]
    return [*words, *halves, *joined][:_MOST_WORDS]


def _full_forms(words: list[str]) -> set[str]:
    """Both orders, with a space, a comma, or joined as in accounts."""
    if len(words) < 2:
        return set()
    first, *_, last = [word for word in words if "-" not in word] or words
    pairs = {(first, last), (last, first), (words[0], words[1]), (words[1], words[0])}
    forms = {" ".join(words)}
    for one, two in pairs:
        forms |= {f"{one} {two}", f"{one}, {two}", f"{one}{two}"}
        if not is_joined(one) and len(two) >= _SHORTEST_JOINED:
            forms |= {f"{one}{mark}{two}" for mark in "._-"} | {f"{one[0]}{two}"}
            forms |= {f"{one[0]}. {two}", f"{one[0]} {two}"}
    if len(first) >= _SHORTEST_JOINED - 1 and not is_joined(first):
        forms |= {f"{mark}{first}{gap}{last[0]}" for mark, gap in (("@", ""), ("", "."), ("", "_"))}
    return forms


def _with_particle(name: str) -> set[str]:
    """ "van der Berg", of which the last word alone may be a word."""
    _, _, rest = name.partition("(")[0].strip().partition(" ")
    first = rest.split(" ")[0]
    return {rest} if first.islower() and first in NO_NAMES and len(rest) > len(first) + 2 else set()


def _initials(words: list[str]) -> set[str]:
    """ "z" and "zq", as people sign with them."""
    heads = [flat(word[0]) for word in words if not is_joined(word)]
    return {"".join(heads), *heads[:1], *("".join(heads[:1] + heads[-1:]),)}


def _account_forms(account: str, single: set[str]) -> set[str]:
    """`zoe.dyk77` names its owner as it stands, and as the words that it is made of."""
    base = account.partition("+")[0]
    tokens = _TOKEN.findall(base)
    if base.lower() in NO_NAMES or all(token in NO_NAMES for token in tokens):
        return set()
    named = any(len(name) > 3 and flat(name) in flat(base) for name in single)
    telling = len(tokens) > 1 or named or any(char.isdigit() for char in base)
    forms = {base} if len(base) > 4 and telling else set()
    if len(tokens) > 1 and all(len(token) > 1 for token in tokens):
        forms.add(" ".join(tokens))
    return forms


def _is_telling(word: str) -> bool:
    if is_joined(word):
        return len(word) >= 2
    return len(word) >= _SHORTEST_EVERYWHERE and flat(word) not in NAMES_THAT_ARE_WORDS


def _letters(text: str) -> str:
    return _MARKS.sub("", text)


def _pattern(names: Iterable[str], cases: bool) -> _Search | None:
    """One alternation, longest first; every branch is bounded, so it stays linear.

    It is made for text in lower case without accents (`letters.flat`). cases: the author's
    language gives names endings.
    """
    forms = {form for name in names for form in (flat(name), spelt(name)) if form.strip()}
    if not forms:
        return None
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    kinds: dict[str, list[str]] = {_JOINED: [], _DECLINED: [], _LONG: [], _SHORT: []}
    for form in ordered:
        kinds[_kind(form, cases)].append(form)
    joined = kinds.pop(_JOINED)
    groups = "|".join(_group(kind, found) for kind, found in kinds.items() if found)
    # One look back for all: at most places in a text it is the only one.
    branches = [f"(?<!{_LETTER})(?:{groups})"] if groups else []
    whole = "|".join([*branches, *([_group(_JOINED, joined)] if joined else [])])
    starts = tuple(sorted({max(form.split(), key=len)[:3] for form in forms}))
    apart = [f for f in ordered if f.isalpha() and not is_joined(f) and 4 <= len(f) <= _MOST_APART]
    if not apart:
        return _Search(re.compile(whole), starts)
    spread = _SPREAD.replace("{}", "|".join("[ ._-]{1,2}".join(form) for form in apart))
    return _Search(re.compile(whole), starts, re.compile(spread))


# How names of one kind are found, "{}" being any of them.
_JOINED = "(?:{})"
_DECLINED = rf"(?:{{}})\w{{0,4}}(?!{_LETTER})"
_LONG = f"(?:{{}}){_ENDING}(?!{_LETTER})"
# "Z e l d a", "Z-e-l-d-a"
_SPREAD = rf"(?<!{_LETTER})(?<!\b{_LETTER}[ ._-])(?:{{}})(?!{_LETTER}|[ ._-]{_LETTER}\b)"
# Two letters next to each other of which each stands alone: few lines have them.
_APART = re.compile(rf"[ ._-]{_LETTER}[ ._-]{{1,2}}{_LETTER}[ ._-]")
_SHORT = f"(?:{{}})(?:'s)?(?!{_LETTER})"


def _kind(form: str, cases: bool) -> str:
    if is_joined(form):
        return _JOINED
    if (cases or not form.isascii()) and len(form) >= _SHORTEST_JOINED - 1 and form.isalpha():
        return _DECLINED  # outside of the Latin alphabet names mostly have cases
    return _LONG if len(form) > _SHORTEST_EVERYWHERE else _SHORT


def _group(kind: str, forms: list[str]) -> str:
    """One look ahead for all of a kind."""
    # Between two names an initial may stand.
    gap = r"\s{0,3}" if kind == _JOINED else rf"(?:\s{_LETTER}\.?)?\s{{1,3}}"
    stems = (form[:-1] if kind == _DECLINED and len(form) > 4 else form for form in forms)
    words = (re.escape(stem).replace("\\ ", gap) for stem in stems)
    return kind.replace("{}", "|".join(words))


def _edits(search: _Search | None, text: str) -> list[Edit]:
    if search is None:
        return []
    words = flat(text)
    if not search.may_be_in(words):
        return _spread_edits(search, words)
    found = [
        Edit(m.start(), m.end(), NAME_LEFT_OUT + _genitive(m.group()), RedactionKind.OWN_NAME)
        for m in search.pattern.finditer(words)
        if m.end() - m.start() > _SHORTEST_EVERYWHERE or _is_written_as_name(m, text)
    ]
    return sorted([*found, *_spread_edits(search, words)], key=lambda edit: edit.start)


def _spread_edits(search: _Search, words: str) -> list[Edit]:
    """ "Z e l d a": letters that stand apart."""
    if search.spread is None or not _APART.search(words):
        return []
    return [
        Edit(m.start(), m.end(), NAME_LEFT_OUT, RedactionKind.OWN_NAME)
        for m in search.spread.finditer(words)
    ]


def _is_written_as_name(match: re.Match[str], text: str) -> bool:
    """Three letters are a name with a capital only: "Ann", not "ann"."""
    word = text[match.start() : match.end()]
    return word[0].isupper() or is_joined(word) or not word.isascii()


def _genitive(found: str) -> str:
    return found[-2:] if found[-2:-1] == "'" else ""
