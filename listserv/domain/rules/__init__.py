"""Rules, one a file: each says of a post's facts what it objects to, or None."""

from listserv.domain.decision import Accept, Decision
from listserv.domain.rules import (
    automatic,
    doubtful,
    empty,
    loop,
    moderated,
    rate,
    stranger,
    unproven,
)
from listserv.domain.rules.facts import PostFacts

# The order is the order of asking; the first objection decides.
RULES = (
    loop.check,
    automatic.check,
    stranger.check,
    unproven.check,
    empty.check,
    doubtful.check,
    moderated.check,
    rate.check,
)


def decide(facts: PostFacts) -> Decision:
    """The first rule's objection, or Accept."""
    for rule in RULES:
        objection = rule(facts)
        if objection is not None:
            return objection
    return Accept()
