"""A member's address in From, and nothing that proves it."""

from listserv.domain.decision import Decision, Hold
from listserv.domain.reasons import reason
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    """Whether the member is asked, or a moderator, is for `listserv.services.hold_post`."""
    return None if facts.sender.proven else Hold(reason("unproven"))
