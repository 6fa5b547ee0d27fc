"""The text of a post as blocks, where quotes of posts that stand above are one line."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, takewhile

from listserv.mail.earlier import EARLIER

_WORD = re.compile(r"\w+")
_MARKS = re.compile(r"(?:>\s?)+")
# So many words in a row are hardly ever the same by chance.
_RUN = 4
# Programs break quoted lines anew and people cut them, so not every run is found again.
_ENOUGH = 0.5
# Without marks nobody knows where a quote ends and the author goes on.
_NEARLY_ALL = 0.9
_LONGEST_START = 60


@dataclass(frozen=True)
class Paragraph:
    """What the author wrote, line by line."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Quote:
    """What somebody wrote elsewhere, without the marks."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Folded:
    """A quote of a post above: who wrote it, and how it begins."""

    handle: str
    start: str


Block = Paragraph | Quote | Folded


@dataclass
class Said:
    """What was said so far in a digest, to be known again in quotes.

    A few words alone, which many write, are known within their conversation only.
    """

    # By hash: the words of a thousand posts would take many megabytes.
    _runs: dict[int, str] = field(default_factory=dict)
    _short: dict[int, str] = field(default_factory=dict)

    def begin_conversation(self) -> None:
        self._short.clear()

    def blocks(self, text: str, handle: str) -> list[Block]:
        """The blocks of one more post; it counts as said from then on."""
        found = list(self._folded(text))
        for block in found:
            if isinstance(block, Paragraph):
                self._remember(block.lines, handle)
        return found

    def _folded(self, text: str) -> Iterator[Block]:
        above, _, below = text.partition(EARLIER)
        known = self._known_paragraphs(below)
        if not known:
            yield from self._marked(text)
            return
        yield from self._marked(above)
        lines = tuple("\n\n".join(known).split("\n"))
        yield Folded(self._whose(lines), _start(lines))
        yield from self._marked("\n\n".join(_paragraphs(below)[len(known) :]))

    def _known_paragraphs(self, text: str) -> list[str]:
        """Those at its beginning that stand above in this digest, nearly word by word."""
        known = (self._whose(tuple(part.split("\n")), _NEARLY_ALL) for part in _paragraphs(text))
        return _paragraphs(text)[: sum(1 for _ in takewhile(bool, known))]

    def _marked(self, text: str) -> Iterator[Block]:
        for quoted, lines in _groups(text):
            if not quoted:
                yield Paragraph(lines)
                continue
            handle = self._whose(lines)
            yield Folded(handle, _start(lines)) if handle else Quote(lines)

    def _whose(self, lines: tuple[str, ...], enough: float = _ENOUGH) -> str:
        runs = list(_runs(lines))
        known = [handle for run in runs if (handle := self._handle_of(run))]
        if not known or len(known) < len(runs) * enough:
            return ""
        return Counter(known).most_common(1)[0][0]

    def _handle_of(self, run: tuple[str, ...]) -> str:
        return (self._runs if len(run) == _RUN else self._short).get(hash(run), "")

    def _remember(self, lines: tuple[str, ...], handle: str) -> None:
        for run in _runs(lines):
            (self._runs if len(run) == _RUN else self._short)[hash(run)] = handle
        for line in lines:  # short ones are quoted alone
            words = tuple(_WORD.findall(line.casefold()))
            if 0 < len(words) < _RUN:
                self._short[hash(words)] = handle


def _paragraphs(text: str) -> list[str]:
    return [part for part in re.split(r"\n[ \t]*\n", text) if part.strip()]


def _groups(text: str) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """Runs of lines that are quoted, or not; those that say nothing are left out."""
    for quoted, group in groupby(text.split("\n"), lambda line: line.lstrip().startswith(">")):
        lines = tuple(_MARKS.sub("", line.strip(), count=1) if quoted else line for line in group)
        if any(line.strip() for line in lines):
            yield quoted, lines


def _runs(lines: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall("\n".join(lines).casefold())
    if 0 < len(words) < _RUN:
        yield tuple(words)
    for start in range(len(words) - _RUN + 1):
        yield tuple(words[start : start + _RUN])


def _start(lines: tuple[str, ...]) -> str:
    text = " ".join(" ".join(lines).split())
    if len(text) <= _LONGEST_START:
        return text
    return text[:_LONGEST_START].rpartition(" ")[0].rstrip(" ,.;:") + " …"
