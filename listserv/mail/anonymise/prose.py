"""The changes inside lines: links, addresses and the author's names."""

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.addresses import find_addresses
from listserv.mail.anonymise.edits import Edit, Finder
from listserv.mail.anonymise.languages import GREETINGS, INTRODUCTIONS, SIGN_OFFS, WROTE
from listserv.mail.anonymise.ledger import Ledger
from listserv.mail.anonymise.lines import Sheet
from listserv.mail.anonymise.links import find_links
from listserv.mail.anonymise.names import Names
from listserv.mail.anonymise.policy import CleaningPolicy

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


class Place(Enum):
    """What a line is, as far as a lone name in it goes."""

    PROSE = "prose"
    GREETING = "greeting"
    SIGNING = "signing"


def finders(policy: CleaningPolicy, names: Names, place: Place) -> tuple[Finder, ...]:
    """What is searched in a line, in order."""
    alone: dict[Place, Finder] = {
        Place.PROSE: lambda text: _introduced(text, names),
        Place.GREETING: lambda text: _greeted(text, names),
        Place.SIGNING: lambda text: _signed(text, names),
    }
    return (
        _picture_marks,
        lambda text: find_links(text, policy),
        lambda text: find_addresses(text, policy),
        names.find,
        alone[place],
    )


def _greeted(text: str, names: Names) -> list[Edit]:
    """ "Hi Hope," but not "hi all, I hope"."""
    return [edit for edit in names.find_alone(text) if text[edit.start].isupper()]


def _signed(text: str, names: Names) -> list[Edit]:
    """A name at the end of a few words, at most an initial behind it."""
    if len(text.split()) > _MOST_WORDS_SIGNING:
        return _introduced(text, names)
    return [edit for edit in names.find_alone(text) if _LAST.fullmatch(text, edit.end)]


def _picture_marks(text: str) -> list[Edit]:
    """What programs write in a text where a picture stands: its file's name."""
    return [
        Edit(match.start(), match.end(), PICTURE_HERE, None)
        for match in _PICTURE_MARK.finditer(text)
    ]


def _introduced(text: str, names: Names) -> list[Edit]:
    ends = {match.end() for match in INTRODUCTIONS.finditer(text)} if names.alone else set()
    if not ends:
        return []
    return [
        edit
        for edit in names.find_alone(text)
        if not ends.isdisjoint(range(edit.start - 2, edit.start + 1))
    ]


def places(sheet: Sheet) -> dict[int, Place]:
    """The lines that greet, attribute or sign; all others are prose."""
    found = {
        number: Place.GREETING
        for number, line in sheet.numbered()
        if (len(line.text) <= _LONGEST_GREETING and GREETINGS.match(line.text))
        or (line.text.rstrip().endswith(":") and WROTE.search(line.text))
    }
    for number in _signing(sheet):
        found.setdefault(number, Place.SIGNING)
    return found


def _signing(sheet: Sheet) -> Iterator[int]:
    """The last lines of each person's words, and what stands under a sign-off."""
    for segment in sheet.segments():
        filled = [n for n in segment if (line := sheet.lines[n]) and not line.is_blank]
        yield from filled[-_LINES_THAT_SIGN:]
        for above, below in pairwise(filled):
            line = sheet.lines[above]
            if line and len(line.text) <= _LONGEST_GREETING and SIGN_OFFS.fullmatch(line.text):
                yield below


def cut_own_name_lines(sheet: Sheet, names: Names) -> None:
    """A signing line that is only the author's name goes without a trace in its place."""
    for number, place in places(sheet).items():
        line = sheet.lines[number]
        if line and place is Place.SIGNING and names.is_only_name(line.text):
            sheet.cut(number, number + 1, RedactionKind.OWN_NAME)


def note(edits: Sequence[Edit], ledger: Ledger) -> None:
    """Counts edits by kind."""
    for edit in edits:
        if edit.kind is not None:
            ledger.add(edit.kind)
