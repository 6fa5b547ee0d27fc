"""Nobody can have us send mail without end, or try all codes; and Redis learns no address."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis

from listserv.settings import Settings
from tests.fakes import World
from tests.redis_server import redis_server
from tests.unit.web.pages import ANN, LIST, csrf, unsubscribe_path
from web.app import create_app
from web.limits import visitor

HERE, THERE = "203.0.113.7", "198.51.100.9"


def tries(client: FlaskClient, path: str, number: int, **fields: str) -> list[int]:
    token = csrf(client.get(LIST))
    return [
        client.post(
            path, data={"csrf_token": token, **fields}, environ_base={"REMOTE_ADDR": HERE}
        ).status_code
        for _ in range(number)
    ]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/sign-in", {"email": ANN}),
        (LIST, {"email": "no address"}),
        ("/sign-in/code", {"code": "1"}),
    ],
)
def test_what_sends_mail_or_guesses_is_limited(
    client: FlaskClient, path: str, fields: dict[str, str]
) -> None:
    answers = tries(client, path, 35, **fields)
    assert answers[:15].count(429) == 0
    assert answers[-1] == 429
    token = csrf(client.get(LIST))
    data = {"csrf_token": token, **fields}
    slow = client.post(path, data=data, environ_base={"REMOTE_ADDR": HERE})
    assert "slower" in slow.text and slow.headers["Retry-After"] == "60"
    other = client.post(path, data=data, environ_base={"REMOTE_ADDR": THERE})
    assert other.status_code != 429


def test_leaving_is_hardly_limited(client: FlaskClient, world: World, group: object) -> None:
    path = unsubscribe_path(world, group)  # type: ignore[arg-type]
    assert set(tries(client, path, 60)) == {200}


def test_looking_is_not_limited(client: FlaskClient) -> None:
    assert {client.get(LIST).status_code for _ in range(50)} == {200}


def test_a_visitor_is_a_hash_that_changes_each_day(app: Flask, world: World) -> None:
    def of(address: str) -> str:
        with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
            return visitor()

    today = of(HERE)
    assert HERE not in today and today == of(HERE) != of(THERE)
    assert of("2001:db8:1:2::1") == of("2001:db8:1:2:ffff::9") != of("2001:db8:1:3::1")
    world.clock.go(days=1)
    assert of(HERE) != today


def test_counts_are_shared_and_redis_learns_nobody(world: World, group: object) -> None:
    with redis_server() as server:
        settings = Settings(redis_url=server.url)
        first, second = (create_app(settings, world.kit).test_client() for _ in range(2))
        tries(first, "/sign-in", 30, email=ANN)
        assert tries(second, "/sign-in", 1, email=ANN) == [429]
        keys = [key.decode() for key in Redis.from_url(server.url).scan_iter()]
        assert keys
        assert not [key for key in keys if HERE in key or "ann" in key]


def test_with_redis_gone_pages_are_served_and_still_limited(world: World, group: object) -> None:
    with redis_server() as server:
        client = create_app(Settings(redis_url=server.url), world.kit).test_client()
        assert tries(client, "/sign-in", 1, email=ANN) == [303]
    answers = tries(client, "/sign-in", 35, email=ANN)
    assert answers[0] == 303 and answers[-1] == 429
    assert set(answers) == {303, 429}
