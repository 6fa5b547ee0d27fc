"""Waiting for something to come true, with a limit and without a fixed sleep."""

from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import TypeVar

T = TypeVar("T")
LOOK_EVERY = 0.05


def wait_for(look: Callable[[], T], what: str, seconds: float = 30.0) -> T:
    """The first true answer of `look`. Raises AssertionError, which says what never came."""
    ends = monotonic() + seconds
    pause = Event()
    while not (found := look()):
        assert monotonic() < ends, f"{what}: not within {seconds:g} seconds"
        pause.wait(LOOK_EVERY)
    return found
