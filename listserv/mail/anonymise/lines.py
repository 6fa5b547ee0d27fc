"""A text as lines with their depth of quoting, and what becomes of each."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.ledger import Ledger
from listserv.mail.anonymise.letters import has_any
from listserv.mail.earlier import EARLIER

# A megabyte of lines of fifty letters.
MOST_LINES = 20_000
# With which lines begin that stand above an earlier mail, this one too.
_RULE = "---"
# More than anybody has who answers line by line; each is searched for a signature.
_MOST_TURNS = 5_000
_QUOTE = re.compile(r"(?:> ?)+")


class Line(NamedTuple):
    """depth: how many quotes it stands in; text: without the quote marks."""

    depth: int
    text: str

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


def split_lines(text: str) -> list[Line]:
    """The lines of a text whose quotes are marked with ">"."""
    return [_line(raw) for raw in text.split("\n")]


def _line(raw: str) -> Line:
    marks = _QUOTE.match(raw) if raw.startswith(">") else None
    if not marks:
        return Line(0, raw)
    return Line(marks.group().count(">"), raw[marks.end() :])


def turns_endlessly(lines: Sequence[Line]) -> bool:
    """Whether words of somebody else begin more often than in any conversation."""
    if len(lines) <= _MOST_TURNS:
        return False
    depths = [
        -1 if line.text.startswith(_RULE) else line.depth for line in lines if not line.is_blank
    ]
    turns = sum(above != below or below < 0 for above, below in pairwise(depths))
    return turns > _MOST_TURNS


def join_lines(lines: Sequence[Line]) -> str:
    """The text in one style of quoting, with an empty line around quotes and no long gaps."""
    out: list[str] = []
    gap = 0
    depth = 0
    above = ""
    for line in lines:
        text = line.text.rstrip()
        if not text:
            gap += 1
            continue
        if EARLIER in (line.text, above):
            gap = max(gap, 1)
        if out:
            out += _gap(gap, depth, line.depth)
        out.append(f"{'>' * line.depth} {text}" if line.depth else text)
        gap, depth, above = 0, line.depth, line.text
    return "\n".join(out)


def _gap(size: int, above: int, below: int) -> list[str]:
    """Empty lines between two that are not: those of the quote that both stand in."""
    if above != below and not min(above, below):
        return [""]
    quote = min(above, below)
    return [">" * quote] * min(size, 1 if quote else 2)


class Sheet:
    """Lines to be cut or replaced; passes work on what earlier ones left.

    `lines[n]` is None once line n is cut, so numbers stay what they were.
    others: names of other people that stood in what was cut.
    """

    def __init__(self, lines: Sequence[Line], ledger: Ledger) -> None:
        self.lines: list[Line | None] = list(lines)
        # What all of them said at first, in lower case.
        self._words = "\n".join([line.text for line in lines]).lower()
        self.ledger = ledger
        self.others: set[str] = set()
        self._segments: list[list[int]] = []
        self._filled: tuple[list[int], list[int]] = ([], [])

    def cut(self, start: int, end: int, kind: RedactionKind | None, left: str = "") -> None:
        """Takes out lines start to end-1 and counts one redaction, if it has a kind.

        left: a neutral line that stays where the first of them stood.
        """
        self._forget()
        depth = next((line.depth for line in self.lines[start:end] if line), 0)
        self.lines[start:end] = [None] * (end - start)
        if left:
            self.lines[start] = Line(depth, left)
        if kind is not None:
            self.ledger.add(kind)

    def replace(self, number: int, text: str) -> None:
        """Other words in one line, at the same depth."""
        line = self.lines[number]
        if line:
            self.put(number, Line(line.depth, text))

    def put(self, number: int, line: Line) -> None:
        """Another line in place of one."""
        self._forget()
        self.lines[number] = line

    def _forget(self) -> None:
        self._segments = []
        self._filled = ([], [])

    def may_have(self, *pieces: str) -> bool:
        """A cheap look that spares a pass: False when no line has any of these in any case."""
        return has_any(self._words, pieces)

    def numbered(self) -> list[tuple[int, Line]]:
        """What is left, with its numbers."""
        return [(n, line) for n, line in enumerate(self.lines) if line]

    def filled(self, segment: list[int]) -> list[int]:
        """Which of these lines still say something; the same list until something is cut."""
        if self._filled[0] is not segment:
            lines = self.lines
            found = [n for n in segment if (line := lines[n]) and line.text.strip()]
            self._filled = (segment, found)
        return self._filled[1]

    def left(self) -> list[Line]:
        """What is left."""
        return [line for line in self.lines if line]

    def earlier(self) -> frozenset[int]:
        """The numbers of lines that somebody wrote before: quoted, or under a line that says so."""
        found: set[int] = set()
        floor: int | None = None
        for number, line in self.numbered():
            if floor is not None and line.depth < floor:
                floor = None
            if line.text == EARLIER:
                floor = line.depth
            if line.depth or floor is not None:
                found.add(number)
        return frozenset(found)

    def segments(self) -> list[list[int]]:
        """Numbers of lines that stand together at one depth: one person's words.

        Empty lines at the border belong to the segment above them. The same list until something
        is cut.
        """
        if self._segments:
            return self._segments
        found: list[list[int]] = []
        depth = -1
        for number, line in self.numbered():
            if line.text == EARLIER:
                found.append([number])
                depth = -1
            elif line.depth == depth or (line.is_blank and found and line.depth < depth):
                found[-1].append(number)
            else:
                found.append([number])
                depth = line.depth
        self._segments = found
        return found
