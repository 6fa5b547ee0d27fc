"""Nothing is left to read after cleaning."""

from listserv.domain.decision import Decision, Reject
from listserv.domain.reasons import reason
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    return Reject(reason("empty")) if facts.empty else None
