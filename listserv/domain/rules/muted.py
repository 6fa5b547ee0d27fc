"""A member who may read along, and write again on a day that they know."""

from listserv.domain.decision import Decision
from listserv.domain.reasons import reason
from listserv.domain.rules.act import act
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    member = facts.sender.member
    until = member.muted_until if member else None
    if until is None or until <= facts.at:
        return None
    return act(facts.settings.on_muted, reason("muted", until.date()))
