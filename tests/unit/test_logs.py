import logging
from collections.abc import Iterator

import pytest

from listserv import logs


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The log of the test run itself is put back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    for name in ("rq", "asyncio", "sqlalchemy", "mail.log"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def test_an_event_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.start_logging("gateway")
    logs.event("received", route="ToList", id=3, nothing=None)
    assert capsys.readouterr().err.endswith("info gateway received route=ToList id=3\n")


def test_of_an_error_only_its_class_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    logs.start_logging("gateway")
    logs.problem("not_stored", ValueError("ann@example.net"))
    line = capsys.readouterr().err
    assert "error=ValueError" in line and "ann" not in line


def test_nothing_breaks_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.start_logging("gateway")
    logs.event("received", id="1\n2026 forged line\x1b[31m")
    assert capsys.readouterr().err.count("\n") == 1


def test_libraries_that_write_what_people_wrote_are_silent(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.start_logging("gateway")
    for name in ("mail.log", "mailparser", "rq.worker", "asyncio"):
        logging.getLogger(name).error("ann@example.net")
    assert capsys.readouterr().err == ""
