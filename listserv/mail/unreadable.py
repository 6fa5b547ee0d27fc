"""The answer of the parser to what it cannot read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Unreadable:
    """The message cannot be read with certainty; reason is a sentence for its author."""

    reason: str
