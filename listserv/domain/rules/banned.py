"""An address that moderators do not want to hear from."""

from listserv.domain.decision import Decision, Discard, Reject
from listserv.domain.list_settings import Action
from listserv.domain.reasons import reason
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    """They read what any stranger reads; and a forger nothing at all."""
    if not facts.standing.banned:
        return None
    refuse = facts.settings.on_banned is Action.REJECT and facts.sender.proven
    return Reject(reason("stranger")) if refuse else Discard(reason("stranger"))
