"""Fixtures of the stories: a relay that keeps what it gets, and machines that run Quietlist."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.sink import Sink, sinking
from tests.stack import Stack, machine_folder, stack

MakeStack = Callable[..., Stack]


@pytest.fixture
def sink() -> Iterator[Sink]:
    with sinking() as made:
        yield made


@pytest.fixture
def make_stack() -> Iterator[MakeStack]:
    """Makes machines by their settings: `make_stack(relay_url=…)`. They end with the test."""
    with ExitStack() as open_ones:
        yield lambda **settings: open_ones.enter_context(stack(settings))


@pytest.fixture
def folder() -> Iterator[Path]:
    with machine_folder() as made:
        yield made
