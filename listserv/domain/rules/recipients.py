"""A mail to many people at once is seldom meant for the group."""

from listserv.domain.decision import Decision
from listserv.domain.reasons import reason
from listserv.domain.rules.act import act
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    most = facts.settings.most_recipients
    if most is None or facts.traits.recipients <= most:
        return None
    return act(facts.settings.on_recipients, reason("recipients", most))
