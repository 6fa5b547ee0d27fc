"""What a rule may know of a post: numbers and yes or no, nothing personal."""

from dataclasses import dataclass

from listserv.domain.doubt import Doubt
from listserv.domain.list_settings import ListSettings
from listserv.domain.sender import Sender


@dataclass(frozen=True)
class PostFacts:
    """accepted_before: this member's posts that went out, ever; recent: those received in the
    last hour, held ones included; came_back: the mail already went through this list.
    doubts: what cleaning could not settle.
    """

    settings: ListSettings
    sender: Sender
    automatic: bool
    came_back: bool
    empty: bool
    accepted_before: int
    recent: int
    doubts: tuple[Doubt, ...] = ()
