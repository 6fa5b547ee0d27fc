"""Changes inside one line: spans of text and what stands there afterwards."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from listserv.domain.redaction import RedactionKind

# Lines that are searched together stand in one text with this between them. No line has it, and no
# edit may bring it in or take it out (`apply_to_lines`). Only `find_addresses` and `Names.find`
# search such a text as a whole, with expressions that do not cross it; all others go through
# `in_each`.
BETWEEN_LINES = "\0"


class Edit(NamedTuple):
    """text[start:end] becomes `text`; kind None: a change that takes out nothing of note."""

    start: int
    end: int
    text: str
    kind: RedactionKind | None


class LineEdits(NamedTuple):
    """Edits of one line in a text of many. start: where the line begins in that text."""

    start: int
    edits: Sequence[Edit]


class Finder(NamedTuple):
    """find: what to change in lines; the edits are in order and do not overlap or cross lines.

    may_find: a cheap look at the same lines; False when they have nothing to find.
    """

    find: Callable[[str], Sequence[Edit]]
    may_find: Callable[[str], bool] = bool


def in_each(find: Callable[[str], Sequence[Edit]]) -> Callable[[str], list[Edit]]:
    """From what searches one line by itself: the same in many."""

    def found(lines: str) -> list[Edit]:
        edits: list[Edit] = []
        start = 0
        for line in lines.split(BETWEEN_LINES):
            if line and (here := find(line)):
                edits += (Edit(e.start + start, e.end + start, e.text, e.kind) for e in here)
            start += len(line) + 1
        return edits

    return found


def by_line(lines: str, edits: Sequence[Edit]) -> Iterator[tuple[int, LineEdits]]:
    """The number of each line that is edited, and its edits."""
    first = number = looked = 0
    while first < len(edits):
        at = edits[first].start
        number += lines.count(BETWEEN_LINES, looked, at)
        looked = at
        start = lines.rfind(BETWEEN_LINES, 0, at) + 1
        end = lines.find(BETWEEN_LINES, at)
        behind = first + 1
        while behind < len(edits) and (edits[behind].start <= end or end < 0):
            behind += 1
        yield number, LineEdits(start, edits[first:behind])
        first = behind


def merged(first: Sequence[Edit], more: Sequence[Edit]) -> list[Edit]:
    """Both in order; where two overlap, the one that begins before the other."""
    out: list[Edit] = []
    for edit in sorted([*first, *more], key=lambda edit: edit.start):
        if not out or edit.start >= out[-1].end:
            out.append(edit)
    return out


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text with all edits made."""
    out: list[str] = []
    position = 0
    for edit in edits:
        out += (text[position : edit.start], edit.text)
        position = edit.end
    out.append(text[position:])
    return "".join(out)


def apply_to_lines(lines: str, edits: Sequence[Edit]) -> str:
    """The same for lines that are searched together.

    Raises ValueError when there would be another number of them: each line behind would be
    taken for its neighbour, and keep what has to go.
    """
    out = apply(lines, edits)
    if out.count(BETWEEN_LINES) != lines.count(BETWEEN_LINES):
        raise ValueError("an edit crosses lines")
    return out
