"""A member whose posts wait, each of them, until a moderator says otherwise."""

from listserv.domain.decision import Decision
from listserv.domain.reasons import reason
from listserv.domain.rules.act import hold_or
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    member = facts.sender.member
    if member is None or member.moderates or not member.moderated:
        return None
    return hold_or(facts.settings.on_member, reason("member"))
