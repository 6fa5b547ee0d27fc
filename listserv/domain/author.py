"""What is known of an author, so that it can be taken out."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Author:
    """Everything by which this author may stand in their own words.

    handle: what others may see. addresses and names: what they may not; the
    anonymiser adds those that it finds in the message's own header.
    """

    handle: str
    addresses: frozenset[str] = field(repr=False, default=frozenset())
    names: frozenset[str] = field(repr=False, default=frozenset())
