"""Posts from people who are not members of the list."""

from listserv.domain.decision import Decision, Discard, Hold, Reason, Reject
from listserv.domain.list_settings import Strangers
from listserv.domain.rules.facts import PostFacts

_REASON = Reason(
    "stranger",
    "This group takes mail from its members only. "
    "If you are a member, write from the address that you joined with.",
)


def check(facts: PostFacts) -> Decision | None:
    if facts.sender.member is not None:
        return None
    match facts.settings.strangers:
        case Strangers.HOLD:
            return Hold(_REASON)
        case Strangers.DISCARD:
            return Discard(_REASON)
        case Strangers.REJECT:
            # A refusal of unproven mail would tell whoever forges From who is a member.
            return Reject(_REASON) if facts.sender.proven else Discard(_REASON)
