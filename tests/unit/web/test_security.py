"""Cookies, headers, and whom we believe."""

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from listserv.settings import Settings
from tests.fakes import World
from tests.unit.web.pages import LIST
from web.app import create_app


def seen_from(app: Flask, client: str, headers: dict[str, str]) -> str:
    """What the application takes for the client's address and scheme."""
    app.add_url_rule("/seen", view_func=lambda: f"{request.remote_addr} {request.scheme}")
    return (
        app.test_client().get("/seen", headers=headers, environ_base={"REMOTE_ADDR": client}).text
    )


@pytest.mark.parametrize(
    ("client", "seen"), [("192.0.2.1", "192.0.2.1 http"), ("10.1.2.3", "203.0.113.7 https")]
)
def test_only_our_proxies_say_who_asks(world: World, client: str, seen: str) -> None:
    app = create_app(Settings(trusted_proxies="10.0.0.0/8"), world.kit)
    claims = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
    assert seen_from(app, client, claims) == seen


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"])
@pytest.mark.parametrize("path", ["/outbox", "/metrics"])
def test_what_a_proxy_passed_on_is_not_from_this_machine(
    client: FlaskClient, header: str, path: str
) -> None:
    assert client.get(path).status_code == 200
    assert client.get(path, headers={header: "127.0.0.1"}).status_code == 404


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8080", 200),
        ("127.0.0.1", 200),
        ("[::1]:8080", 200),
        ("localhost.evil.example", 404),
        ("127.0.0.1.evil.example", 404),
        ("127.0.0.1@evil.example", 404),
        ("[::1].evil.example", 404),
    ],
)
def test_this_machine_is_asked_by_its_own_name(client: FlaskClient, host: str, status: int) -> None:
    assert client.get("/outbox", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(("url", "secure"), [("https://a.example", True), ("", False)])
def test_cookies_are_kept_close(world: World, client: FlaskClient, url: str, secure: bool) -> None:
    app = create_app(Settings(base_url=url), world.kit)
    answer = app.test_client().get(LIST)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert ("Secure" in cookie) == secure == ("Strict-Transport-Security" in answer.headers)


def test_a_cookie_of_another_key_is_not_believed(world: World, client: FlaskClient) -> None:
    client.set_cookie("quietlist", "eyJfZmxhc2hlcyI6W119.AAAAAA.forged")
    assert client.get(LIST).status_code == 200


def test_pages_with_tokens_are_not_kept(client: FlaskClient) -> None:
    for path in (LIST, "/unsubscribe/" + "a" * 26, "/confirm/" + "a" * 26, "/outbox"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
