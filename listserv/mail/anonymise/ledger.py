"""Counts what is taken out, by kind, while a message is cleaned."""

from collections import Counter
from collections.abc import Iterable

from listserv.domain.redaction import Redaction, RedactionKind


class Ledger:
    """One per message; never holds any of the message's own words."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[RedactionKind, str]] = Counter()

    def add(self, kind: RedactionKind, count: int = 1, detail: str = "") -> None:
        """Notes `count` redactions; detail as in `Redaction`."""
        if count:
            self._counts[(kind, detail)] += count

    def add_each(self, kinds: Iterable[RedactionKind | None]) -> None:
        """Notes one redaction of each kind; None is none."""
        for kind, count in Counter(kinds).items():
            if kind is not None:
                self.add(kind, count)

    def count(self, kind: RedactionKind) -> int:
        """How many of that kind so far."""
        return sum(count for (known, _), count in self._counts.items() if known is kind)

    def absorb(self, other: "Ledger") -> None:
        """For each kind the larger count: text and HTML show the same thing twice."""
        for key, count in other._counts.items():
            self._counts[key] = max(self._counts[key], count)

    def add_all(self, other: "Ledger") -> None:
        """Takes over the counts of another part of the message."""
        self._counts.update(other._counts)

    def redactions(self) -> tuple[Redaction, ...]:
        """All of them, in the order of the kinds."""
        order = list(RedactionKind)
        entries = sorted(self._counts.items(), key=lambda e: (order.index(e[0][0]), e[0][1]))
        return tuple(Redaction(kind, count, detail) for (kind, detail), count in entries)
