"""The life of a subscription, as facts."""

import pytest

from listserv.domain.errors import Refused
from listserv.domain.life import Step, after
from listserv.domain.list_settings import Join
from listserv.domain.subscription import SubscriptionState as State

FACTS: list[tuple[State | None, Step, State]] = [
    (None, Step.ASK, State.ASKED),
    (State.LEFT, Step.ASK, State.ASKED),
    (None, Step.INVITE, State.INVITED),
    (State.ASKED, Step.CONFIRM, State.ACTIVE),
    (State.INVITED, Step.CONFIRM, State.ACTIVE),
    (State.WAITING, Step.CONFIRM, State.WAITING),
    (State.WAITING, Step.LET_IN, State.ACTIVE),
    (None, Step.LET_IN, State.ACTIVE),
    (State.ACTIVE, Step.CONFIRM, State.ACTIVE),
    (State.PAUSED, Step.CONFIRM, State.PAUSED),
    (State.ACTIVE, Step.PAUSE, State.PAUSED),
    (State.PAUSED, Step.PAUSE, State.PAUSED),
    (State.SUSPENDED, Step.PAUSE, State.PAUSED),
    (State.PAUSED, Step.RESUME, State.ACTIVE),
    (State.SUSPENDED, Step.RESUME, State.ACTIVE),
    (State.ACTIVE, Step.RESUME, State.ACTIVE),
    (State.ACTIVE, Step.SUSPEND, State.SUSPENDED),
    (State.PAUSED, Step.SUSPEND, State.PAUSED),
    (State.WAITING, Step.LEAVE, State.LEFT),
    (State.ACTIVE, Step.LEAVE, State.LEFT),
    (State.PAUSED, Step.LEAVE, State.LEFT),
    (State.SUSPENDED, Step.LEAVE, State.LEFT),
    (State.LEFT, Step.LEAVE, State.LEFT),
]


@pytest.mark.parametrize(("state", "step", "following"), FACTS)
def test_where_a_step_leads(state: State | None, step: Step, following: State) -> None:
    assert after(state, step) is following


@pytest.mark.parametrize("join", [Join.APPROVE, Join.INVITE])
def test_elsewhere_a_moderator_looks_first(join: Join) -> None:
    assert after(State.ASKED, Step.CONFIRM, join) is State.WAITING


@pytest.mark.parametrize("join", list(Join))
def test_who_was_invited_is_in_at_once(join: Join) -> None:
    assert after(State.INVITED, Step.CONFIRM, join) is State.ACTIVE


@pytest.mark.parametrize("step", [Step.PAUSE, Step.RESUME, Step.SUSPEND])
@pytest.mark.parametrize("state", [None, State.LEFT, State.ASKED, State.INVITED, State.WAITING])
def test_who_is_not_in_the_group_has_nothing_to_pause(state: State | None, step: Step) -> None:
    with pytest.raises(Refused):
        after(state, step)


def test_nobody_comes_in_without_a_yes() -> None:
    """From outside, the only ways in are a yes of the address and a moderator's."""
    inside = {State.ACTIVE, State.WAITING, State.PAUSED, State.SUSPENDED}
    for state in (None, State.LEFT, State.ASKED, State.INVITED):
        for step in set(Step) - {Step.CONFIRM, Step.LET_IN}:
            try:
                assert after(state, step) not in inside
            except Refused:
                continue
