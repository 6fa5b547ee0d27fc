"""From what the list wants done to the decision."""

from listserv.domain.decision import Decision, Discard, Hold, Reason, Reject
from listserv.domain.list_settings import Action
from listserv.domain.reasons import reason


def hold_or(action: Action, why: Reason) -> Decision | None:
    """The same, for posts that a moderator should read: where none does, another reason is true."""
    return act(action, why if action is Action.HOLD else reason("not_open"))


def act(action: Action, why: Reason) -> Decision | None:
    """None where the list takes no offence."""
    match action:
        case Action.HOLD:
            return Hold(why)
        case Action.REJECT:
            return Reject(why)
        case Action.DISCARD:
            return Discard(why)
        case Action.IGNORE:
            return None
