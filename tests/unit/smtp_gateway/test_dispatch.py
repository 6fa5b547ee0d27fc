"""Which use case gets which mail, and what is said when one breaks."""

from collections.abc import Callable
from typing import Any, cast

import pytest

from listserv.domain.decision import Accept, Decision
from listserv.domain.envelope import Envelope
from listserv.domain.errors import Unavailable
from listserv.domain.routing import Command, Route, ToCommand, ToList, ToOperator, Unknown
from listserv.services.kit import Kit
from smtp_gateway import dispatch as module
from smtp_gateway import replies
from smtp_gateway.dispatch import dispatch

ENVELOPE = Envelope("ann@example.net")
KIT = cast(Kit, object())
SERVICES = ("receive_post", "receive_command", "receive_bounce", "receive_operator_mail")


def stand_in(monkeypatch: pytest.MonkeyPatch, name: str, act: Callable[..., Any]) -> None:
    monkeypatch.setattr(module, name, act)


def breaking(error: Exception) -> Callable[..., Any]:
    def act(*_: object) -> None:
        raise error

    return act


@pytest.mark.parametrize(
    ("route", "service"),
    [
        (ToList(1), "receive_post"),
        (ToCommand(1, Command.JOIN), "receive_command"),
        (ToCommand(1, Command.OWNER), "receive_command"),
        (ToCommand(1, Command.CONFIRM, "token"), "receive_command"),
        (ToCommand(1, Command.BOUNCES, "token"), "receive_bounce"),
        (ToOperator("abuse"), "receive_operator_mail"),
    ],
)
def test_each_route_has_its_use_case(
    monkeypatch: pytest.MonkeyPatch, route: Route, service: str
) -> None:
    called: list[str] = []

    def noting(name: str) -> Callable[..., Decision]:
        def note(*_: object) -> Decision:
            called.append(name)
            return Accept()

        return note

    for name in SERVICES:
        stand_in(monkeypatch, name, noting(name))
    assert dispatch(KIT, route, ENVELOPE, b"") == "250 2.0.0 Taken"
    assert called == [service]


def test_a_list_that_is_gone_since_rcpt_is_refused() -> None:
    assert dispatch(KIT, Unknown(), ENVELOPE, b"").startswith("550 5.7.1 ")


def test_storage_that_fails_means_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, "receive_post", breaking(Unavailable("locked")))
    assert dispatch(KIT, ToList(1), ENVELOPE, b"") == replies.TRY_AGAIN


def test_what_breaks_us_is_kept_aside_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = []
    stand_in(monkeypatch, "receive_post", breaking(RecursionError("ann@example.net")))
    stand_in(monkeypatch, "quarantine", lambda kit, reason, raw: kept.append((reason, raw)))
    assert dispatch(KIT, ToList(1), ENVELOPE, b"whole") == replies.KEPT_ASIDE
    assert kept == [("RecursionError", b"whole")]


@pytest.mark.parametrize(
    ("second", "reply"),
    [
        (Unavailable("full"), replies.TRY_AGAIN),
        (MemoryError(), replies.TRY_AGAIN),
        (ValueError("ann@example.net"), replies.BROKEN),
    ],
)
def test_what_cannot_even_be_kept_is_answered_truly(
    monkeypatch: pytest.MonkeyPatch, second: Exception, reply: str
) -> None:
    stand_in(monkeypatch, "receive_post", breaking(RecursionError()))
    stand_in(monkeypatch, "quarantine", breaking(second))
    assert dispatch(KIT, ToList(1), ENVELOPE, b"") == reply


def test_the_log_names_classes_and_never_quotes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stand_in(monkeypatch, "receive_post", breaking(ValueError("ann@example.net")))
    stand_in(monkeypatch, "quarantine", lambda *_: "abc")
    dispatch(KIT, ToList(1), ENVELOPE, b"secret words")
    assert "ValueError" in caplog.text and "abc" in caplog.text
    assert "ann@" not in caplog.text and "secret" not in caplog.text
