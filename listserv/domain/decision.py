"""What the rules say of a post: a value, with its reason in words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """Why. `code` and `detail` are stored; `words` are for the author, one sentence or two.

    detail: what the words are about, such as a number; see `listserv.domain.reasons`.
    """

    code: str
    words: str
    detail: str = ""


@dataclass(frozen=True)
class Accept:
    """The post goes out."""


@dataclass(frozen=True)
class Hold:
    """The post waits for a moderator."""

    reason: Reason


@dataclass(frozen=True)
class Reject:
    """The post comes back to its author."""

    reason: Reason


@dataclass(frozen=True)
class Discard:
    """The post is dropped without an answer: an answer would feed a loop or tell on a member."""

    reason: Reason


Decision = Accept | Hold | Reject | Discard
