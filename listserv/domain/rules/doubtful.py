"""Cleaning left a doubt: somebody looks before everybody does."""

from listserv.domain.decision import Decision
from listserv.domain.doubt import PRIVATE
from listserv.domain.reasons import DOUBTFUL, reason
from listserv.domain.rules.act import act
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    """One reason for all doubts; each in a sentence of its own."""
    doubts = set(facts.traits.doubts) - PRIVATE
    if not doubts:
        return None
    return act(facts.settings.on_doubtful, reason(DOUBTFUL, " ".join(sorted(doubts))))
