"""The list is in trouble, and every post waits."""

from listserv.domain.decision import Decision
from listserv.domain.list_settings import Switch
from listserv.domain.reasons import reason
from listserv.domain.rules.act import hold_or
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    if facts.by_moderator or facts.settings.emergency is Switch.OFF:
        return None
    return hold_or(facts.settings.on_emergency, reason("emergency"))
