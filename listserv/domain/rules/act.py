"""From what the list wants done to the decision."""

from listserv.domain.decision import Decision, Discard, Hold, Reason, Reject
from listserv.domain.list_settings import Action


def act(action: Action, reason: Reason) -> Decision | None:
    """None where the list takes no offence."""
    match action:
        case Action.HOLD:
            return Hold(reason)
        case Action.REJECT:
            return Reject(reason)
        case Action.DISCARD:
            return Discard(reason)
        case Action.IGNORE:
            return None
