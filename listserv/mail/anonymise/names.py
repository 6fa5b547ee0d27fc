"""The author's own names and addresses in what they wrote."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from listserv.domain.author import Author
from listserv.mail.anonymise.accounts import Account, account_of, shortens
from listserv.mail.anonymise.edits import Edit, merged
from listserv.mail.anonymise.joined_names import given_in
from listserv.mail.anonymise.letters import flat, has_digits_inside, is_joined
from listserv.mail.anonymise.name_search import (
    SHORTEST_EVERYWHERE,
    SHORTEST_JOINED,
    Search,
    disguised_in,
    edits_in,
    search_for,
)
from listserv.mail.anonymise.signers import TITLES
from listserv.mail.anonymise.transliterations import is_cyrillic, transliterated
from listserv.mail.anonymise.words import NAMES_THAT_ARE_WORDS, NO_NAMES
from listserv.mail.characters import one_line
from listserv.mail.inbound import InboundMessage

_MOST_NAMES = 40
_MOST_WORDS = 8
_LONGEST = 200
_LONGEST_INITIALS = 20
_MARKS = re.compile(r"[\W_]+")
# Letters of languages in which names have cases.
_CASED = frozenset("ąćęłńśźżčďěňřšťůžđ")
_LAST_INITIAL = re.compile(r"\s[^\W\d_]\.?\Z")
# In scripts from India to Cambodia vowels are marks, which `\w` does not know.
_WORD = re.compile(r"[^\W\d_][\w'’\u0900-\u0eff\u1000-\u109f\u1780-\u17ff-]*")
# "Ann (Annie) Archer": how she signs, or where she works.
_IN_BRACKETS = re.compile(r"\(([^\W\d_a-z][\w'’-]{2,20})\)")
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Names:
    """What the author is called. `everywhere` and `alone` find it in a line.

    everywhere: full names, names that are no word, distinctive account names.
    alone: single names, searched only where a text greets, signs or introduces.
    initials: as one signs with them. accounts: of their addresses. single: each word of the
    names. handle: what everybody may see.
    """

    everywhere: Search | None = field(repr=False)
    alone: Search | None = field(repr=False)
    initials: frozenset[str] = field(repr=False, default=frozenset())
    accounts: tuple[Account, ...] = field(repr=False, default=())
    single: frozenset[str] = field(repr=False, default=frozenset())
    handle: str = ""

    @cached_property
    def _flat(self) -> Callable[[str], str]:
        """One search after the other is made in the same text."""
        return lru_cache(maxsize=2)(flat)

    def find(self, text: str) -> list[Edit]:
        """Wherever it stands."""
        found = edits_in(self.everywhere, text, self._flat(text))
        hidden = disguised_in(self.everywhere, text, self._flat(text))
        return merged(found, hidden) if found and hidden else found or hidden

    def find_alone(self, text: str) -> list[Edit]:
        """In a greeting, sign-off, attribution or introduction."""
        return edits_in(self.alone, text, self._flat(text))

    def may_find(self, text: str) -> bool:
        """A cheap look at a whole text; False when `find` finds nothing in any line of it."""
        if self.everywhere is None:
            return False
        return has_digits_inside(text) or self.everywhere.may_be_in(self._flat(text))

    def may_find_alone(self, text: str) -> bool:
        """The same for `find_alone`."""
        return self.alone is not None and self.alone.may_be_in(self._flat(text))

    def is_only_name(self, text: str) -> bool:
        """Whether the text is nothing but the author's names, marks around them aside."""
        if not self.alone or len(text) > _LONGEST:
            return False
        words = flat(text)
        if " " in words:
            words = TITLES.sub("", words, count=1)
        if any(account.is_signed(words) for account in self.accounts):
            return True
        rest = self.everywhere.without(words) if self.everywhere else words
        rest = self.alone.without(rest)
        if rest == words:
            return len(words) <= _LONGEST_INITIALS and _letters(words) in self.initials - {""}
        return _letters(rest) in self.initials

    def is_like_name(self, text: str) -> bool:
        """Whether a few words are a form of a name that signs: "zel", "blue bird", "z"."""
        words = _LAST_INITIAL.sub("", flat(text))
        letters = _letters(words)
        if not letters or len(letters) > _LONGEST_INITIALS:
            return False
        if letters in self.initials or any(one.letters == letters for one in self.accounts):
            return True
        known = {*self.single, *(piece for one in self.accounts for piece in one.telling)}
        return words.isalpha() and any(shortens(words, name) for name in known)

    def is_handle(self, text: str) -> bool:
        """Whether the text is the name that the author has here."""
        return bool(self.handle) and _letters(flat(text)) == _letters(flat(self.handle))


def names_of(message: InboundMessage, author: Author) -> Names:
    """Every name and account name that the header and what we know of the author give."""
    written = {one_line(name)[:_LONGEST] for name in author.names | message.known_names}
    cyrillic = any(is_cyrillic(part.text or "") for part in message.parts)
    written |= {other for name in written for other in transliterated(name, cyrillic)}
    addresses = {a.lower() for a in author.addresses | message.known_addresses}
    full: set[str] = set()
    single: set[str] = set()
    nicks = {found for name in written for found in _IN_BRACKETS.findall(name)}
    initials: set[str] = set()
    for name in sorted(written, key=len)[:_MOST_NAMES]:
        words = _words(name)
        full.update(_full_forms(words))
        full.update({name.partition("(")[0].strip()} if len(words) > 1 else ())
        full.update(_with_particle(name))
        single.update(words, *map(given_in, words))
        initials.update(_initials(words))
    bases = {a.partition("@")[0] for a in sorted(addresses)[:_MOST_NAMES] if "@" in a}
    for base in bases:
        full.update(_account_forms(base, single))
    accounts = tuple(account for base in sorted(bases) if (account := account_of(base)))
    pieces = {piece for account in accounts for piece in account.pieces}
    # Where the header names its author in full, the rest of an account is seldom a name.
    guessed = {p for a in accounts for p in a.telling if len(single) < 2} - set(map(flat, single))
    for account in accounts:
        initials.update(() if single else _initials(list(account.pieces)))
    kept = flat(author.handle)
    own = {kept, *_TOKEN.findall(kept)}
    full, single = ({n for n in names if flat(n) != kept} for names in (full, single))
    guessed -= own
    everywhere = full | guessed | {word for word in single if _is_telling(word)}
    cases = any(not _CASED.isdisjoint(name.lower()) for name in written)
    return Names(
        search_for(everywhere, cases, guessed),
        search_for(single | full | nicks | (pieces - own), cases),
        frozenset({"", *initials}),
        accounts,
        frozenset(map(flat, single)),
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
        if not is_joined(one) and len(two) >= SHORTEST_JOINED:
            forms |= {f"{one}{mark}{two}" for mark in "._-"} | {f"{one[0]}{two}"}
            forms |= {f"{one[0]}. {two}", f"{one[0]} {two}"}
    if len(first) >= SHORTEST_JOINED - 1 and not is_joined(first):
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
    if len(tokens) > 1 and len("".join(tokens)) > SHORTEST_JOINED:
        forms.add("".join(tokens))
    return forms


def _is_telling(word: str) -> bool:
    if is_joined(word):
        return len(word) >= 2
    return len(word) >= SHORTEST_EVERYWHERE and flat(word) not in NAMES_THAT_ARE_WORDS


def _letters(text: str) -> str:
    return _MARKS.sub("", text)
