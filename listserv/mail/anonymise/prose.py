"""The changes inside lines: links, addresses and the author's names."""

import re
from collections.abc import Sequence
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
_LONGEST_SIGNING = 45
_LONGEST_GREETING = 60


def finders(policy: CleaningPolicy, names: Names, speaks: bool) -> tuple[Finder, ...]:
    """What is searched in a line, in order.

    speaks: whether the line greets, signs or attributes as a whole.
    """
    return (
        _picture_marks,
        lambda text: find_links(text, policy),
        lambda text: find_addresses(text, policy),
        names.find,
        names.find_alone if speaks else lambda text: _introduced(text, names),
    )


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


def speaking_lines(sheet: Sheet) -> frozenset[int]:
    """Numbers of lines that greet, sign or attribute, where a lone name is a person's."""
    speaking = {
        number
        for number, line in sheet.numbered()
        if (len(line.text) <= _LONGEST_GREETING and GREETINGS.match(line.text))
        or (line.text.rstrip().endswith(":") and WROTE.search(line.text))
    }
    for segment in sheet.segments():
        filled = [n for n in segment if (line := sheet.lines[n]) and not line.is_blank]
        for number in filled[-_LINES_THAT_SIGN:]:
            line = sheet.lines[number]
            if line and len(line.text) <= _LONGEST_SIGNING:
                speaking.add(number)
        speaking.update(_under_sign_offs(sheet, filled))
    return frozenset(speaking)


def _under_sign_offs(sheet: Sheet, filled: list[int]) -> set[int]:
    return {
        below
        for above, below in pairwise(filled)
        if (line := sheet.lines[above])
        and len(line.text) <= _LONGEST_SIGNING
        and SIGN_OFFS.match(line.text)
    }


def cut_own_name_lines(sheet: Sheet, names: Names) -> None:
    """A signing line that is only the author's name goes without a trace in its place."""
    for number in speaking_lines(sheet):
        line = sheet.lines[number]
        if line and names.is_only_name(line.text):
            sheet.cut(number, number + 1, RedactionKind.OWN_NAME)


def note(edits: Sequence[Edit], ledger: Ledger) -> None:
    """Counts edits by kind."""
    for edit in edits:
        if edit.kind is not None:
            ledger.add(edit.kind)
