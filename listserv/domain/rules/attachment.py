"""A file came with it that may not pass; by default the rest goes out without it."""

from listserv.domain.decision import Decision
from listserv.domain.reasons import reason
from listserv.domain.rules.act import act
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    return act(facts.settings.on_attachment, reason("attachment")) if facts.left_out else None
