"""Our own mail that comes back, or mail that has gone round too often."""

from listserv.domain.decision import Decision, Discard, Reason
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    if facts.came_back:
        return Discard(Reason("loop", "This message has already been through the group."))
    return None
