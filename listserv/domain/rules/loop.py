"""Our own mail that comes back, or mail that has gone round too often."""

from listserv.domain.decision import Decision, Discard
from listserv.domain.reasons import reason
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    return Discard(reason("loop")) if facts.came_back else None
