"""The jobs: names that the doorbell rings, and nothing of what goes wrong but its class."""

from importlib import import_module

import pytest

from listserv.domain import jobs as bells
from listserv.domain.errors import Unavailable
from tests.fakes import World
from workers import jobs


@pytest.fixture
def warm(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The jobs work with this kit."""
    monkeypatch.setattr(jobs, "kit", lambda: world.kit)
    return world


@pytest.mark.parametrize("bell", [bells.fan_out(), bells.deliver(1), bells.deliver_notices()])
def test_every_bell_names_a_job_that_takes_its_ids(warm: World, bell: bells.Job) -> None:
    module, _, name = bell.function.rpartition(".")
    assert getattr(import_module(module), name)(*bell.ids) == 0


def test_an_unexpected_error_shows_its_class_alone(
    warm: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> int:
        raise ValueError("ann@example.org")

    monkeypatch.setattr("listserv.services.deliver.deliver", fail)
    assert jobs.deliver(7) == 0
    assert caplog.messages == ["job_failed error=ValueError job=deliver id=7"]
    assert "ann@" not in caplog.text


def test_storage_that_is_away_ends_a_job_quietly(
    warm: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> int:
        raise Unavailable("The database does not answer.")

    monkeypatch.setattr("listserv.services.deliver_notices.deliver_notices", fail)
    assert jobs.deliver_notices() == 0
    assert caplog.messages == ["job_failed error=Unavailable job=deliver_notices"]
