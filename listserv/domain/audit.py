"""The audit log: lines, each tied to the one before by a hash."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

BEGINNING = bytes(32)
OPERATOR = "operator"


@dataclass(frozen=True)
class AuditLine:
    """Who did what to which id, and when; no address and nothing of what a post says.

    actor: a handle, or "operator". reason: the actor's own words.
    """

    id: int
    at: datetime
    actor: str
    action: str
    list_id: int | None
    subscription_id: int | None
    post_id: int | None
    reason: str


def chained(before: bytes, line: AuditLine) -> bytes:
    """The hash of a line. before: that of the line above, or `BEGINNING`."""
    values = [
        line.id,
        line.at.astimezone(UTC).isoformat(),
        line.actor,
        line.action,
        line.list_id,
        line.subscription_id,
        line.post_id,
        line.reason,
    ]
    return sha256(before + json.dumps(values, ensure_ascii=True).encode()).digest()


@dataclass(frozen=True)
class Intact:
    """Nothing was changed. head: the hash of the last line, which stands for all of them."""

    lines: int
    head: bytes


@dataclass(frozen=True)
class Broken:
    """The line that does not follow from those above: it, or one before it, was changed."""

    line_id: int


def verify(lines: Iterable[tuple[AuditLine, bytes]]) -> Intact | Broken:
    """lines: all of them from the first, each with the hash that stands beside it."""
    last, number = BEGINNING, 0
    for line, written in lines:
        last = chained(last, line)
        if last != written:
            return Broken(line.id)
        number += 1
    return Intact(number, last)
