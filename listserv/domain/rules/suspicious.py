"""The mail server in front of us takes it for spam."""

from listserv.domain.decision import Decision
from listserv.domain.reasons import reason
from listserv.domain.rules.act import act
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    return act(facts.settings.on_suspicious, reason("suspicious")) if facts.traits.spam else None
