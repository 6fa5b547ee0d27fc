"""The life of a subscription: which step leads from which state to which.

    nobody -> asked -> waiting -> active <-> paused, suspended -> left
    nobody -> invited -----------> active

Who is `invited` or `asked` has a question that waits for an answer, and no
subscription yet: nothing of them is kept until they say yes.
"""

from enum import StrEnum

from listserv.domain.errors import Refused
from listserv.domain.list_settings import Join
from listserv.domain.subscription import SubscriptionState as State


class Step(StrEnum):
    ASK = "ask"  # somebody typed the address
    INVITE = "invite"
    CONFIRM = "confirm"  # the address said yes
    LET_IN = "let in"  # a moderator, or the operator, said yes
    PAUSE = "pause"
    RESUME = "resume"
    SUSPEND = "suspend"  # mail to them bounces
    LEAVE = "leave"


_HERE = (State.ACTIVE, State.PAUSED, State.SUSPENDED)
_NOBODY = (None, State.LEFT)

_STEPS: dict[tuple[State | None, Step], State] = {
    **{(state, Step.ASK): State.ASKED for state in _NOBODY},
    **{(state, Step.INVITE): State.INVITED for state in _NOBODY},
    (State.INVITED, Step.CONFIRM): State.ACTIVE,
    (State.WAITING, Step.CONFIRM): State.WAITING,
    **{(state, Step.LET_IN): State.ACTIVE for state in (*_NOBODY, State.WAITING)},
    **{(state, Step.PAUSE): State.PAUSED for state in _HERE},
    **{(state, Step.RESUME): State.ACTIVE for state in _HERE},
    (State.ACTIVE, Step.SUSPEND): State.SUSPENDED,
    (State.PAUSED, Step.SUSPEND): State.PAUSED,
    (State.SUSPENDED, Step.SUSPEND): State.SUSPENDED,
    **{(state, Step.LEAVE): State.LEFT for state in (*_HERE, State.WAITING, State.LEFT)},
    # Somebody who is here already and asks again, or is let in again, stays as they are.
    **{(state, step): state for state in _HERE for step in (Step.CONFIRM, Step.LET_IN)},
}

_WAITS = "A moderator has not looked at your request yet. You will get a mail."
_NOT_HERE = "That person is not in the group."


def after(state: State | None, step: Step, join: Join = Join.OPEN) -> State:
    """The state that the step leads to; None is somebody the list does not know.

    Raises Refused, in words for the member, where the step makes no sense.
    """
    if (state, step) == (State.ASKED, Step.CONFIRM):
        return State.ACTIVE if join is Join.OPEN else State.WAITING
    following = _STEPS.get((state, step))
    if following is None:
        raise Refused(_WAITS if state is State.WAITING else _NOT_HERE)
    return following
