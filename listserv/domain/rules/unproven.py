"""A member's address in From, and nothing that proves it."""

from listserv.domain.decision import Decision, Hold, Reason
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    if facts.sender.proven:
        return None
    return Hold(Reason("unproven", "Nothing proves that this message comes from its sender."))
