"""The very same mail once more, because a 250 of ours was lost on the way."""

from listserv.domain.decision import Decision, Discard
from listserv.domain.reasons import reason
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    return Discard(reason("duplicate")) if facts.duplicate else None
