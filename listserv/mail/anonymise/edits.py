"""Changes inside one line: spans of text and what stands there afterwards."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from listserv.domain.redaction import RedactionKind


class Edit(NamedTuple):
    """text[start:end] becomes `text`; kind None: a change that takes out nothing of note."""

    start: int
    end: int
    text: str
    kind: RedactionKind | None


class Finder(NamedTuple):
    """find: what to change in a line; its edits are in order and do not overlap.

    may_find: a cheap look at a whole text; False when no line of it has anything to find.
    """

    find: Callable[[str], Sequence[Edit]]
    may_find: Callable[[str], bool] = bool


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
