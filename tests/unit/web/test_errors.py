"""Error pages: the right code, plain words, and nothing of how we are made."""

import logging

import pytest
from flask import Flask, Response, abort
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from listserv.domain.errors import Refused
from tests.fakes import World
from tests.unit.web.pages import LIST, csrf


def title(page: TestResponse) -> str:
    return page.text.split("<h1>")[1].split("</h1>")[0]


@pytest.mark.parametrize("code", [400, 403, 404, 413, 418, 429, 500, 502, 503])
def test_each_code_has_its_page(app: Flask, code: int) -> None:
    def fail() -> str:
        if code == 418:
            abort(406)  # one that has no words of its own
        abort(code)

    app.add_url_rule("/fails", view_func=fail)
    page = app.test_client().get("/fails")
    assert page.status_code == (406 if code == 418 else code)
    assert page.mimetype == "text/html" and title(page)
    assert ("our fault" in page.text) == (code in (500, 502))


def test_a_wrong_method_is_told_the_right_ones(client: FlaskClient) -> None:
    answer = client.put("/")
    assert answer.status_code == 405 and title(answer) == "That did not work"
    assert answer.allow == {"GET", "HEAD", "OPTIONS"}
    assert len(answer.headers.getlist("Content-Type")) == 1


def test_a_database_that_fails_means_try_again(
    client: FlaskClient, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise OperationalError("SELECT secret", {}, Exception("disk I/O error"))

    event.listen(world.kit.database.engine, "before_cursor_execute", fail)
    for path in (LIST, "/unsubscribe/" + world.kit.tokens.unsubscribe(1), "/confirm/x", "/metrics"):
        answer = client.get(path)
        assert answer.status_code == 503, path
        assert answer.headers["Retry-After"] == "60"
        assert "secret" not in answer.text and "disk" not in answer.text
    assert client.get("/healthz").status_code == 503
    assert "secret" not in caplog.text


def test_a_damaged_database_is_down(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ValueError("file is not a database")

    monkeypatch.setattr("web.machine.views.health", broken)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json == {"status": "down", "database": "down", "redis": "ok"}


def test_what_is_refused_says_what_to_do(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Refused("This question is of a newer version. Please ask again.")

    monkeypatch.setattr("web.membership.views.peek", refuse)
    answer = client.get("/confirm/x", headers={"Accept-Language": "es"})
    assert answer.status_code == 409 and "Pídelo otra vez." in answer.text


def test_what_is_too_long_is_refused(client: FlaskClient) -> None:
    data = {"csrf_token": csrf(client.get(LIST)), "email": "a" * 70_000}
    answer = client.post(LIST, data=data)
    assert answer.status_code == 413 and title(answer) == "Too much"


@pytest.mark.parametrize("address", ["%00@example.org", "x" * 5000 + "@example.org", "%ff@b", "a"])
def test_what_can_be_no_list_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(f"/lists/{address}").status_code == 404
    token = csrf(client.get(LIST))
    data = {"email": "ann@example.net", "csrf_token": token}
    assert client.post(f"/lists/{address}", data=data).status_code == 404


@pytest.mark.parametrize("token", ["%00", "a" * 5000, "ä" * 26, "a" * 26])
def test_an_odd_token_gets_a_kind_page(client: FlaskClient, token: str) -> None:
    page = client.get(f"/unsubscribe/{token}")
    assert page.status_code == 404 and "still leave by mail" in page.text
    page = client.get(f"/confirm/{token}")
    assert page.status_code == 404 and "ask again" in page.text
    assert client.post(f"/unsubscribe/{token}").status_code == 404


def test_a_late_failure_does_not_log_the_token(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    @app.after_request
    def fails(response: Response) -> Response:
        raise ZeroDivisionError

    with caplog.at_level(logging.DEBUG):
        assert app.test_client().get("/unsubscribe/secrettoken").status_code == 500
    assert "page_failed_late" in caplog.text and "secrettoken" not in caplog.text


@pytest.mark.parametrize(
    ("path", "page"),
    [
        (f"{LIST}/members/invite", f"{LIST}/members"),
        ("/me/groups/17/pause", "/me/groups/17"),
        ("/me/settings/time", "/me/settings"),
        ("/sign-out/everywhere", "/"),
        ("/language", "/"),
    ],
)
def test_where_a_form_sends_to_leads_to_its_page_when_it_is_opened(
    client: FlaskClient, path: str, page: str
) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.location) == (303, page)
    assert client.put(path).status_code == 405
