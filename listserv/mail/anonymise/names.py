"""The author's own names and addresses in what they wrote."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from listserv.domain.author import Author
from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.edits import Edit
from listserv.mail.anonymise.words import NAMES_THAT_ARE_WORDS, NO_NAMES
from listserv.mail.characters import one_line
from listserv.mail.inbound import InboundMessage

NAME_LEFT_OUT = "[name]"
# A shorter name is part of too many words and abbreviations (Jan, Ana, Al).
_SHORTEST_EVERYWHERE = 4
_MOST_NAMES = 40
_LONGEST = 200
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Names:
    """What the author is called. `everywhere` and `alone` find it in a line.

    everywhere: full names, names that are no word, distinctive account names.
    alone: single names, searched only where a text greets, signs or introduces.
    """

    everywhere: re.Pattern[str] | None = field(repr=False)
    alone: re.Pattern[str] | None = field(repr=False)

    def find(self, text: str) -> list[Edit]:
        """Wherever it stands."""
        return _edits(self.everywhere, text)

    def find_alone(self, text: str) -> list[Edit]:
        """In a greeting, sign-off, attribution or introduction."""
        return _edits(self.alone, text)

    def is_only_name(self, text: str) -> bool:
        """Whether the text is nothing but the author's names, marks around them aside."""
        if not self.alone:
            return False
        rest = self.alone.sub("", self.everywhere.sub("", text) if self.everywhere else text)
        return rest != text and not any(char.isalnum() for char in rest)


def names_of(message: InboundMessage, author: Author) -> Names:
    """Every name and account name that the header and what we know of the author give."""
    written = {one_line(name)[:_LONGEST] for name in author.names | message.known_names}
    addresses = {a.lower() for a in author.addresses | message.known_addresses}
    full: set[str] = set()
    single: set[str] = set()
    for name in sorted(written, key=len)[:_MOST_NAMES]:
        words = _words(name)
        full.update(_full_forms(words))
        full.update({name.partition("(")[0].strip()} if len(words) > 1 else ())
        single.update(words)
    accounts = {a.partition("@")[0] for a in sorted(addresses)[:_MOST_NAMES] if "@" in a}
    for account in accounts:
        full.update(_account_forms(account))
    single -= {author.handle}
    everywhere = full | {word for word in single if _is_telling(word)}
    return Names(_pattern(everywhere), _pattern(single | full))


def _words(name: str) -> list[str]:
    """The parts of a name that name somebody: "Dr. Zoë van Dyk (work)" gives Zoë and Dyk."""
    found = (word.strip("'’-") for word in _WORD.findall(name.partition("(")[0]))
    return [word for word in found if len(word) > 1 and word.lower() not in NO_NAMES]


def _full_forms(words: list[str]) -> set[str]:
    if len(words) < 2:
        return set()
    first, last = words[0], words[-1]
    return {" ".join(words), f"{first} {last}", f"{last} {first}", f"{last}, {first}"}


def _account_forms(account: str) -> set[str]:
    """`zoe.dyk77` names its owner as it stands, and as the words that it is made of."""
    base = account.partition("+")[0]
    tokens = _TOKEN.findall(base)
    forms = {base} if len(base) > 4 and (len(tokens) > 1 or _has_digit(base)) else set()
    if len(tokens) > 1 and all(len(token) > 1 for token in tokens):
        forms.add(" ".join(tokens))
    if base.lower() in NO_NAMES or all(token in NO_NAMES for token in tokens):
        return set()
    return forms


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _is_telling(word: str) -> bool:
    return len(word) >= _SHORTEST_EVERYWHERE and _folded(word) not in NAMES_THAT_ARE_WORDS


def _folded(word: str) -> str:
    """Lower case without accents: many write their own name both ways."""
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(char for char in parts if not unicodedata.combining(char))


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """One alternation, longest first; every branch is a fixed string, so it stays linear."""
    forms = {form for name in names for form in (name, _folded(name)) if form.strip()}
    if not forms:
        return None
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    branches = "|".join(re.escape(form).replace("\\ ", r"\s{1,3}") for form in ordered)
    return re.compile(f"(?<!\\w)(?:{branches})(?:['’]s)?(?!\\w)", re.IGNORECASE)


def _edits(pattern: re.Pattern[str] | None, text: str) -> list[Edit]:
    if pattern is None:
        return []
    return [
        Edit(m.start(), m.end(), NAME_LEFT_OUT + _genitive(m.group()), RedactionKind.OWN_NAME)
        for m in pattern.finditer(text)
    ]


def _genitive(found: str) -> str:
    return found[-2:] if found[-2:-1] in ("'", "’") else ""
