"""Our own mail that comes back, or mail that has gone round too often."""

from listserv.domain.decision import Decision, Discard, Reason
from listserv.domain.rules.facts import PostFacts

MOST_HOPS = 50  # RFC 5321 §6.3 asks for at least 100 in transit; a list is near the end of it


def check(facts: PostFacts) -> Decision | None:
    if facts.came_back:
        return Discard(Reason("loop", "This message has already been through the group."))
    return None
