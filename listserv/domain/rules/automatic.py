"""Vacation replies, bounces, reports and other lists' mail are nobody's post."""

from listserv.domain.decision import Decision, Discard, Reason
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    if facts.automatic:
        return Discard(Reason("automatic", "Automatic mail is not passed on to the group."))
    return None
