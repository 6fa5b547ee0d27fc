"""An answer in a conversation that a moderator closed."""

from listserv.domain.decision import Decision
from listserv.domain.reasons import reason
from listserv.domain.rules.act import act
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    if facts.by_moderator or not facts.standing.closed:
        return None
    return act(facts.settings.on_closed, reason("closed"))
