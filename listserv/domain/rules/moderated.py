"""Members whose posts wait: all of them, or the first few of each."""

from listserv.domain.decision import Decision
from listserv.domain.reasons import reason
from listserv.domain.rules.act import hold_or
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    member = facts.sender.member
    if member is not None and (member.moderates or member.trusted):
        return None
    first = facts.settings.moderate.first
    if first is None:
        return hold_or(facts.settings.on_moderated, reason("moderated"))
    if facts.standing.accepted_before < first:
        return hold_or(facts.settings.on_moderated, reason("first_posts", first))
    return None
