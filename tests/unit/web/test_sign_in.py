"""Signing in by link or by code, and out; and what the session holds."""

import json
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient

from listserv.domain.mailing_list import MailingList
from listserv.services.add_members import Newcomer, add_members
from tests.fakes import World
from tests.unit.web.pages import ANN, LIST, code_and_link, mails, main, send, sign_in
from web.reader import LONGEST

NOBODY = "stranger@example.net"


@pytest.fixture
def member(world: World, group: MailingList) -> None:
    list(add_members(world.kit, group.address, [Newcomer(ANN, handle="Quiet Otter")]))


def in_cookie(app: Flask, client: FlaskClient) -> dict[str, object]:
    """What the browser keeps of the session."""
    cookie = client.get_cookie("quietlist")
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert cookie
    assert serializer
    found: dict[str, object] = serializer.loads(cookie.value)
    return found


@pytest.mark.usefixtures("member")
def test_a_member_and_a_stranger_get_the_same_answer(client: FlaskClient, world: World) -> None:
    answers = []
    for email, sent in ((ANN, 1), (NOBODY, 0)):
        answer = send(client, "/sign-in", email=email)
        page = client.get(answer.headers["Location"])
        text = re.sub(r'value="[^"]*"', "", main(page))
        answers.append((answer.status_code, answer.headers["Location"], text))
        assert mails(world) == sent
    assert answers[0] == answers[1]
    assert "If we know the address" in text


def test_what_is_no_address_is_kept_and_explained(client: FlaskClient) -> None:
    answer = send(client, "/sign-in", email="ann.example")
    assert answer.status_code == 400
    assert 'value="ann.example"' in answer.text
    assert "not an email address" in answer.text


@pytest.mark.usefixtures("member")
def test_the_link_asks_for_a_press(client: FlaskClient, world: World) -> None:
    send(client, "/sign-in", email=ANN)
    _, link = code_and_link(world)
    for look in (client.get, client.head, client.get):
        assert look(link).status_code == 200
    assert client.get("/me").status_code == 303
    assert send(client, link).headers["Location"] == "/me"
    assert "Quiet Otter" in client.get("/me").text


@pytest.mark.usefixtures("member")
def test_the_link_works_in_any_browser_and_once(
    app: Flask, client: FlaskClient, world: World
) -> None:
    send(client, "/sign-in", email=ANN)
    _, link = code_and_link(world)
    other = app.test_client()
    send(other, link)
    assert other.get("/me").status_code == 200
    again = client.get(link)
    assert again.status_code == 404
    assert "works once" in again.text and 'href="/sign-in"' in again.text
    assert client.get("/me").status_code == 303


@pytest.mark.usefixtures("member")
def test_a_link_is_old_after_a_while(client: FlaskClient, world: World) -> None:
    send(client, "/sign-in", email=ANN)
    _, link = code_and_link(world)
    world.clock.go(minutes=16)
    assert client.get(link).status_code == 404


@pytest.mark.usefixtures("member")
def test_the_code_works_where_it_was_asked_for_only(
    app: Flask, client: FlaskClient, world: World
) -> None:
    send(client, "/sign-in", email=ANN)
    code, _ = code_and_link(world)
    other = app.test_client()
    send(other, "/sign-in", email=NOBODY)
    assert send(other, "/sign-in/code", code=code).status_code == 400
    assert send(client, "/sign-in/code", code=f" {code[:3]} {code[3:]} ").status_code == 303
    assert client.get("/me").status_code == 200


@pytest.mark.usefixtures("member")
def test_a_wrong_code_is_kept_and_explained(client: FlaskClient, world: World) -> None:
    send(client, "/sign-in", email=ANN)
    answer = send(client, "/sign-in/code", code="12x")
    assert answer.status_code == 400
    assert 'value="12x"' in answer.text and "does not fit" in answer.text


def test_without_having_asked_there_is_no_code_to_type(client: FlaskClient) -> None:
    assert client.get("/sign-in/code").headers["Location"] == "/sign-in"


@pytest.mark.parametrize(
    "path", ["/me", "/me/groups/1", "/me/settings", "/me/address", "/me/data", "/me/forget"]
)
def test_pages_of_members_ask_to_sign_in_and_then_open(
    client: FlaskClient, world: World, group: MailingList, path: str
) -> None:
    list(add_members(world.kit, group.address, [Newcomer(ANN)]))
    assert client.get(path).headers["Location"] == "/sign-in"
    send(client, "/sign-in", email=ANN)
    code, _ = code_and_link(world)
    assert send(client, "/sign-in/code", code=code).headers["Location"] == path
    assert client.get(path).status_code == 200


def test_signing_in_begins_a_new_session(ann: FlaskClient, app: Flask, world: World) -> None:
    ann.get("/me")
    before = in_cookie(app, ann)
    world.clock.go(hours=1)
    sign_in(ann, world)
    after = in_cookie(app, ann)
    assert before["csrf_token"] != after.get("csrf_token")
    assert "sign_in" not in after


def test_the_cookie_holds_ids_only(ann: FlaskClient, app: Flask, world: World) -> None:
    ann.get("/me")
    held = in_cookie(app, ann)
    assert set(held) <= {"member", "since", "language", "csrf_token", "_flashes"}
    text = json.dumps(held)
    assert ANN not in text and "Otter" not in text and "127.0.0.1" not in text


def test_the_session_ends_with_the_browser_and_after_a_time(ann: FlaskClient, world: World) -> None:
    cookie = ann.get_cookie("quietlist")
    assert cookie
    assert cookie.expires is None and cookie.max_age is None
    world.clock.go(hours=11, minutes=59)
    assert ann.get("/me").status_code == 200
    world.clock.go(minutes=2)
    assert timedelta(hours=12, minutes=1) > LONGEST
    assert ann.get("/me").status_code == 303


def test_signing_out(ann: FlaskClient) -> None:
    assert ann.get("/sign-out").location == "/"
    answer = send(ann, "/me", to="/sign-out")
    assert "signed out" in ann.get(answer.headers["Location"]).text
    assert ann.get("/me").status_code == 303


def test_pages_for_all_know_who_is_signed_in(ann: FlaskClient) -> None:
    assert 'href="/me"' in ann.get("/").text and "/language" not in ann.get("/").text
    send(ann, "/me", to="/sign-out")
    assert 'href="/sign-in"' in ann.get("/").text and "/language" in ann.get("/").text


def test_who_is_erased_is_signed_out(ann: FlaskClient, world: World) -> None:
    send(ann, "/me/forget")
    assert ann.get("/me").status_code == 303
    assert ann.get(LIST).status_code == 200


@pytest.mark.usefixtures("member")
def test_a_forgotten_browser_is_signed_out_from_another(
    app: Flask, client: FlaskClient, world: World
) -> None:
    elsewhere = app.test_client()
    sign_in(elsewhere, world)
    world.clock.go(minutes=20)
    sign_in(client, world)
    send(client, "/me/settings", to="/sign-out/everywhere")
    for browser in (client, elsewhere):
        assert browser.get("/me").headers["Location"] == "/sign-in"
    world.clock.go(minutes=20)
    sign_in(client, world)
    assert client.get("/me").status_code == 200
