"""Posts from people who are not members of the list."""

from listserv.domain.decision import Decision, Discard, Hold, Reject
from listserv.domain.list_settings import Strangers
from listserv.domain.reasons import reason
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    if facts.sender.member is not None:
        return None
    why = reason("stranger")
    match facts.settings.strangers:
        case Strangers.HOLD:
            return Hold(why)
        case Strangers.DISCARD:
            return Discard(why)
        case Strangers.REJECT:
            # A refusal of unproven mail would tell whoever forges From who is a member.
            return Reject(why) if facts.sender.proven else Discard(why)
