"""The changes inside lines: links, addresses and the author's names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain, pairwise

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.account_paths import find_accounts, may_have_account
from listserv.mail.anonymise.addresses import find_addresses, may_have_address
from listserv.mail.anonymise.edits import (
    BETWEEN_LINES,
    Edit,
    Finder,
    LineEdits,
    apply_to_lines,
    by_line,
    in_each,
)
from listserv.mail.anonymise.farewells import FAREWELL_AND_MORE
from listserv.mail.anonymise.languages import GREETINGS, INTRODUCTIONS, WROTE
from listserv.mail.anonymise.ledger import Ledger
from listserv.mail.anonymise.letters import lowered
from listserv.mail.anonymise.lines import Sheet
from listserv.mail.anonymise.links import find_links, may_have_link
from listserv.mail.anonymise.name_search import NAME_LEFT_OUT
from listserv.mail.anonymise.names import Names
from listserv.mail.anonymise.nicknames import follows_farewell
from listserv.mail.anonymise.policy import CleaningPolicy
from listserv.mail.anonymise.signature_lines import is_sign_off
from listserv.mail.anonymise.signers import looks_like_name
from listserv.mail.anonymise.surnames import (
    may_be_introduced,
    may_be_signed,
    rest_introduced,
    rest_signed,
)

PICTURE_HERE = "[picture]"
_PICTURE_MARK = re.compile(
    r"\[(?:image|inline image|cid|bild|imagen|immagine|afbeelding)[:\s][^\[\]\n]{0,200}\]"
    r"|<[^<>\s]{1,80}\.(?:png|jpe?g|gif|heic|webp)>",
    re.IGNORECASE,
)
_LINES_THAT_SIGN = 4
_MOST_WORDS_SIGNING = 4
# What may follow a name that signs: an initial, a kiss, a full stop.
_LAST = re.compile(r"(?:\s?\w{1,2})?[^\w]{0,12}")
_LONGEST_GREETING = 60
# In scripts from India to Cambodia one letter with the marks behind it is a word.
_INITIAL = re.compile(r"\[name\]\s[^\W\d_\u0900-\u0eff\u1000-\u109f\u1780-\u17ff]\.?(?=\W{0,8}\Z)")
# What stands behind the last sentence of a line.
_LAST_WORDS = re.compile(r"[^.!?…\s][.!?…]{1,3}\s{1,3}(?P<words>[^.!?…]{2,40}[.!]?)\s*\Z")
_DASH = re.compile(r"[-–—~]{1,2}\s?")
_MAIDEN = re.compile(
    r"\[name\]\W{0,3}(?:née?|nee|geb\.|geborene?r?|aka|a\.k\.a\.|alias|formerly|nata|nacida)\s"
    r"(?P<name>[^\W\d_a-z][\w'’-]{1,30}(?:\s[^\W\d_a-z][\w'’-]{1,30})?)"
)
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


class Place(Enum):
    """What a line is, as far as a lone name in it goes."""

    PROSE = "prose"
    GREETING = "greeting"
    SIGNING = "signing"


@dataclass(frozen=True)
class Spot:
    """Where a line stands. others: people named above an earlier text, of which it is a part."""

    place: Place = Place.PROSE
    others: frozenset[str] = frozenset()


@dataclass
class Changed:
    """words: a line as it reads now. steps: what made it so, one search after the other."""

    words: str = ""
    steps: list[LineEdits] = field(default_factory=list)


def changes_in(sheet: Sheet, policy: CleaningPolicy, names: Names) -> dict[int, Changed]:
    """The lines in which something is hidden, by their numbers.

    Most that is searched for stands in no line at all, so lines of one kind are searched together.
    """
    spot_of = spots(sheet)
    prose: dict[int, str] = {}
    alike = defaultdict(dict, {Spot(): prose})
    for number, line in sheet.numbered():
        if line.text:
            spot = spot_of.get(number)
            same = alike[spot] if spot else prose
            same[number] = line.text
    found: dict[int, Changed] = {}
    for spot, texts in alike.items():
        changed = _searched(BETWEEN_LINES.join(texts.values()), finders(policy, names, spot))
        numbers = list(texts)
        found.update((numbers[index], change) for index, change in changed.items())
    return found


def _searched(lines: str, searches: Sequence[Finder]) -> dict[int, Changed]:
    """Each search is made in what those before it have left."""
    found: defaultdict[int, Changed] = defaultdict(Changed)
    for search in searches:
        edits = search.find(lines) if search.may_find(lines) else ()
        if not edits:
            continue
        for index, here in by_line(lines, edits):
            found[index].steps.append(here)
        lines = apply_to_lines(lines, edits)
    if found:
        texts = lines.split(BETWEEN_LINES)
        for index, changed in found.items():
            changed.words = texts[index]
    return found


def finders(policy: CleaningPolicy, names: Names, spot: Spot) -> tuple[Finder, ...]:
    """What is searched in a line, in order."""
    alone = {Place.PROSE: _introduced, Place.GREETING: _greeted, Place.SIGNING: _signed}
    rest = Finder(in_each(rest_signed), may_be_signed)
    if spot.place is Place.PROSE:
        rest = Finder(in_each(rest_introduced), may_be_introduced)
    found = [
        Finder(in_each(_picture_marks), _may_have_picture_mark),
        Finder(in_each(lambda text: find_links(text, policy)), may_have_link),
        Finder(in_each(find_accounts), may_have_account),
        Finder(lambda lines: find_addresses(lines, policy), may_have_address),
        Finder(names.find),
        Finder(in_each(_maiden), _may_have_maiden),
        Finder(in_each(lambda text: alone[spot.place](text, names)), names.may_find_alone),
        rest,
    ]
    if spot.place is Place.SIGNING:
        kind = RedactionKind.OTHER_NAME if spot.others else RedactionKind.OWN_NAME
        found.append(Finder(in_each(lambda text: _farewell(text, names, kind))))
        found.append(Finder(in_each(lambda text: _signed_behind(text, names, kind))))
        found.append(Finder(in_each(_initial), _has_name_left_out))
    if spot.place is not Place.PROSE and spot.others:
        found.append(Finder(in_each(lambda text: _others(text, spot.others))))
    return tuple(found)


def _farewell(text: str, names: Names, kind: RedactionKind) -> list[Edit]:
    """ "Love, Ann": a name behind a farewell, whoever's it is."""
    farewell = FAREWELL_AND_MORE.match(lowered(text))
    if not farewell or len(text) > _LONGEST_GREETING:
        return []
    name = text[farewell.end() :]
    if NAME_LEFT_OUT in name or names.is_handle(name):
        return []
    named = looks_like_name(name) or names.is_only_name(name)
    apart = "," in farewell.group()[-3:] and name.rstrip()[-1:] not in "?!….,"
    if not named and not (apart and follows_farewell(name, names)):
        return []
    return [Edit(farewell.end(), len(text.rstrip()), NAME_LEFT_OUT, kind)]


def _signed_behind(text: str, names: Names, kind: RedactionKind) -> list[Edit]:
    """ "… It was good. Love, Ann", "… It was good. -ann": a name at the end of a last line."""
    last = _LAST_WORDS.search(text)
    if not last:
        return []
    start = last.start("words")
    farewell = FAREWELL_AND_MORE.match(lowered(last.group("words")))
    dash = _DASH.match(last.group("words"))
    opening = farewell or dash
    name = last.group("words")[opening.end() :].rstrip(" .!") if opening else ""
    named = names.is_like_name(name) or looks_like_name(name)
    if not opening or not named or NAME_LEFT_OUT in name or (dash and " " in name):
        return []
    if names.is_handle(name):
        return []
    at = start + opening.end()
    return [Edit(at, at + len(name), NAME_LEFT_OUT, kind)]


def _may_have_maiden(text: str) -> bool:
    return bool(_MAIDEN.search(text))


def _has_name_left_out(text: str) -> bool:
    return NAME_LEFT_OUT in text


def _maiden(text: str) -> list[Edit]:
    """ "[name] (née Vexley)": another name of the same person."""
    found = _MAIDEN.finditer(text)
    return [Edit(*m.span("name"), NAME_LEFT_OUT, RedactionKind.OWN_NAME) for m in found]


def _initial(text: str) -> list[Edit]:
    """What is left of "Ann A." at the end."""
    return [Edit(m.start(), m.end(), NAME_LEFT_OUT, None) for m in _INITIAL.finditer(text)]


def _others(text: str, others: frozenset[str]) -> list[Edit]:
    if len(text) > _LONGEST_GREETING:
        return []
    return [
        Edit(match.start(), match.end(), NAME_LEFT_OUT, RedactionKind.OTHER_NAME)
        for match in _WORD.finditer(text)
        if match.group() in others
    ]


def _greeted(text: str, names: Names) -> list[Edit]:
    """ "Hi Hope," but not "hi all, I hope"."""
    return [edit for edit in names.find_alone(text) if text[edit.start].isupper()]


def _signed(text: str, names: Names) -> list[Edit]:
    """A name at the end of a few words, at most an initial behind it."""
    if len(text.split()) > _MOST_WORDS_SIGNING:
        return _introduced(text, names)
    found = [edit for edit in names.find_alone(text) if _LAST.fullmatch(text, edit.end)]
    if FAREWELL_AND_MORE.match(lowered(text)):
        return found
    return [edit for edit in found if not text[edit.start].islower()]


def _picture_marks(text: str) -> list[Edit]:
    """What programs write in a text where a picture stands: its file's name."""
    if not _may_have_picture_mark(text):
        return []
    return [
        Edit(match.start(), match.end(), PICTURE_HERE, None)
        for match in _PICTURE_MARK.finditer(text)
    ]


def _may_have_picture_mark(text: str) -> bool:
    return "[" in text or "<" in text


def _introduced(text: str, names: Names) -> list[Edit]:
    found = names.find_alone(text)
    ends = {match.end() for match in INTRODUCTIONS.finditer(text)} if found else set()
    return [edit for edit in found if not ends.isdisjoint(range(edit.start - 2, edit.start + 1))]


def spots(sheet: Sheet) -> dict[int, Spot]:
    """The lines that greet, attribute or sign; all others are prose."""
    earlier = sheet.earlier()
    others = frozenset(sheet.others)
    return {
        number: Spot(place, others if number in earlier else frozenset())
        for number, place in _places(sheet).items()
    }


def _places(sheet: Sheet) -> dict[int, Place]:
    found = {
        number: Place.GREETING
        for number, line in sheet.numbered()
        if line.text and _greets(line.text)
    }
    for number in _signing(sheet):
        found.setdefault(number, Place.SIGNING)
    return found


def _greets(text: str) -> bool:
    """Whether it greets, or says who wrote what stands below."""
    if len(text) <= _LONGEST_GREETING and GREETINGS.match(lowered(text)):
        return True
    return text.rstrip().endswith(":") and bool(WROTE.search(lowered(text)))


def _signing(sheet: Sheet) -> Iterator[int]:
    """The last lines of each person's words, and what stands under a sign-off."""
    for segment in sheet.segments():
        filled = sheet.filled(segment)
        yield from filled[-_LINES_THAT_SIGN:]
        for above, below in pairwise(filled):
            line = sheet.lines[above]
            if line and is_sign_off(line.text):
                yield below


def cut_name_lines(sheet: Sheet, names: Names) -> None:
    """A signing line that is only a name goes without a trace in its place."""
    earlier = sheet.earlier()
    named = frozenset(sheet.others)
    for number in set(_signing(sheet)):
        line = sheet.lines[number]
        if not line or _greets(line.text):
            continue
        own = names.is_only_name(line.text)
        others = named if number in earlier else frozenset()
        if (own or _is_only_others(line.text, others)) and not names.is_handle(line.text):
            kind = RedactionKind.OWN_NAME if own else RedactionKind.SIGNATURE
            sheet.cut(number, number + 1, kind)


def _is_only_others(text: str, others: frozenset[str]) -> bool:
    words = _WORD.findall(text) if others else ()
    return bool(words) and len(words) <= _MOST_WORDS_SIGNING and others.issuperset(words)


def edits_of(changes: Iterable[Changed]) -> Iterator[Edit]:
    """All that was edited in these lines."""
    return chain.from_iterable(step.edits for changed in changes for step in changed.steps)


def note(edits: Iterable[Edit], ledger: Ledger) -> None:
    """Counts edits by kind."""
    ledger.add_each(edit.kind for edit in edits)
