"""What a rule may know of a post: numbers and yes or no, nothing personal."""

from dataclasses import dataclass
from datetime import datetime

from listserv.domain.list_settings import ListSettings
from listserv.domain.sender import Sender
from listserv.domain.traits import Traits


@dataclass(frozen=True)
class Standing:
    """How its author and its conversation stand with the list.

    accepted_before: this member's posts that went out, ever; recent: those
    received in the last hour, held ones included. closed: a moderator closed
    the conversation. banned: the sender's address is.
    """

    accepted_before: int
    recent: int
    closed: bool
    banned: bool


@dataclass(frozen=True)
class PostFacts:
    """at: when it came. came_back: the mail already went through this list. duplicate: the very
    same mail is here already. left_out: a file of it was.
    """

    settings: ListSettings
    sender: Sender
    standing: Standing
    traits: Traits
    at: datetime
    automatic: bool
    came_back: bool
    duplicate: bool
    empty: bool
    left_out: bool

    @property
    def by_moderator(self) -> bool:
        member = self.sender.member
        return member is not None and member.moderates
