"""Too many posts of one member within an hour."""

from listserv.domain.decision import Decision
from listserv.domain.reasons import reason
from listserv.domain.rules.act import act
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    most = facts.settings.posts_per_hour
    if most is None or facts.standing.recent < most:
        return None
    return act(facts.settings.on_rate, reason("rate", most))
