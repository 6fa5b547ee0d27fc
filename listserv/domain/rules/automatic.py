"""Vacation replies, bounces, reports and other lists' mail are nobody's post."""

from listserv.domain.decision import Decision, Discard
from listserv.domain.reasons import reason
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    return Discard(reason("automatic")) if facts.automatic else None
