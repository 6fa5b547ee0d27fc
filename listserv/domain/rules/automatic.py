"""Vacation replies, bounces, reports and other lists' mail are nobody's post."""

from listserv.domain.decision import Decision
from listserv.domain.reasons import reason
from listserv.domain.rules.act import act
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    return act(facts.settings.on_automatic, reason("automatic")) if facts.automatic else None
