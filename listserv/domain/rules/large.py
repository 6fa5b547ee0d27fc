"""More bytes than the list takes in one post."""

from listserv.domain.decision import Decision
from listserv.domain.reasons import reason
from listserv.domain.rules.act import act
from listserv.domain.rules.facts import PostFacts

KILOBYTE = 1000


def check(facts: PostFacts) -> Decision | None:
    most = facts.settings.largest_post
    if most is None or facts.traits.size <= most * KILOBYTE:
        return None
    return act(facts.settings.on_too_large, reason("too_large", most))
