"""What each page says and does, by the test client."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from listserv.domain.errors import Unavailable
from listserv.domain.mailing_list import MailingList
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.deliver_notices import deliver_notices
from listserv.services.show_members import roster
from listserv.settings import Settings
from tests.fakes import World
from tests.unit.web.pages import ANN, LIST, confirm_path, csrf, unsubscribe_path
from web.app import create_app


def members(world: World, group: MailingList) -> int:
    return len(list(roster(world.kit, group.address)))


def test_the_first_page_names_no_list(client: FlaskClient, group: MailingList) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert group.title not in page.text and group.address not in page.text


def test_a_lists_page_says_how_to_join(client: FlaskClient) -> None:
    page = client.get(LIST)
    assert "Quiet evenings" in page.text and "group-join@example.org" in page.text


def test_a_list_that_is_none_is_not_found(client: FlaskClient) -> None:
    assert client.get("/lists/nope@example.org").status_code == 404


def test_joining_sends_one_mail_and_tells_nothing(
    client: FlaskClient, world: World, group: MailingList
) -> None:
    list(add_members(world.kit, group.address, [Newcomer(ANN)]))
    answers = []
    for email in (ANN, "stranger@example.net"):
        token = csrf(client.get(LIST))
        data = {"email": email, "csrf_token": token}
        answers.append(client.post(LIST, data=data, follow_redirects=True).text)
    without_tokens = {re.sub(r'value="[^"]*"', "", answer) for answer in answers}
    assert len(without_tokens) == 1 and "a mail is on its way" in answers[0]
    assert deliver_notices(world.kit) == 2


def test_a_bad_address_is_kept_and_explained(client: FlaskClient) -> None:
    token = csrf(client.get(LIST))
    page = client.post(LIST, data={"email": "ann.example", "csrf_token": token})
    assert page.status_code == 400
    assert 'value="ann.example"' in page.text and "ann@example.org" in page.text


def test_without_its_token_a_form_does_nothing(client: FlaskClient, world: World) -> None:
    assert client.post(LIST, data={"email": ANN}).status_code == 400
    assert deliver_notices(world.kit) == 0


def test_by_invitation_there_is_no_form(
    client: FlaskClient, world: World, group: MailingList
) -> None:
    change_list(world.kit, group.address, {"join": "invite"})
    page = client.get(LIST)
    assert "invitation only" in page.text and "email" not in page.text.split("<form")[-1]


def test_opening_the_link_does_not_leave(
    client: FlaskClient, world: World, group: MailingList
) -> None:
    path = unsubscribe_path(world, group)
    for ask in (client.get, client.head):
        assert ask(path).status_code == 200
    assert members(world, group) == 1


def test_the_page_to_leave_shows_nobody(
    client: FlaskClient, world: World, group: MailingList
) -> None:
    page = client.get(unsubscribe_path(world, group))
    assert "Quiet evenings" in page.text
    assert "Otter" not in page.text and "ann" not in page.text


def test_one_click_leaves_without_cookie_or_form_token(
    client: FlaskClient, world: World, group: MailingList
) -> None:
    path = unsubscribe_path(world, group)
    for _ in range(2):  # repeatable
        page = client.post(path, data={"List-Unsubscribe": "One-Click"})
        assert page.status_code == 200 and "You have left" in page.text
    assert members(world, group) == 0


def test_a_question_is_answered_by_a_button(
    client: FlaskClient, world: World, group: MailingList
) -> None:
    path = confirm_path(world, group)
    page = client.get(path)
    assert members(world, group) == 0
    done = client.post(path, data={"csrf_token": csrf(page)})
    assert "Welcome" in done.text
    assert members(world, group) == 1
    assert client.get(path).status_code == 404


def test_a_question_says_what_the_button_does(
    client: FlaskClient, world: World, group: MailingList
) -> None:
    path = confirm_path(world, group)
    assert "your address is added" in client.get(path).text
    change_list(world.kit, group.address, {"join": "approve"})
    assert "a moderator of the group looks" in client.get(path).text
    done = client.post(path, data={"csrf_token": csrf(client.get(path))})
    assert "a moderator of Quiet evenings looks" in done.text


def test_every_answer_carries_the_headers(client: FlaskClient) -> None:
    for path in ("/", LIST, "/nope", "/healthz", "/static/style.css"):
        headers = client.get(path).headers
        assert "script-src" not in headers["Content-Security-Policy"]
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"


def test_no_page_has_a_script_or_another_host(client: FlaskClient) -> None:
    for path in ("/", LIST, "/nope"):
        text = client.get(path).text
        text = text.replace('href="https://www.wikipedia.org/"', "")  # the way out
        assert "<script" not in text and "style=" not in text and "//" not in text


def test_health_is_told(client: FlaskClient, world: World) -> None:
    assert client.get("/healthz").json == {"status": "ok", "database": "ok", "redis": "ok"}
    world.queue.up = False
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json == {"status": "degraded", "database": "ok", "redis": "down"}


def test_a_database_that_is_down_is_told(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> None:
        raise Unavailable("not now")

    monkeypatch.setattr("listserv.services.health.mailing_lists.serves", down)
    answer = client.get("/healthz")
    assert answer.status_code == 503 and answer.json["status"] == "down"  # type: ignore[index]


def test_metrics_are_for_this_machine_or_the_token(client: FlaskClient) -> None:
    assert "quietlist_posts_held 0" in client.get("/metrics").text
    away = {"REMOTE_ADDR": "192.0.2.1"}
    assert client.get("/metrics", environ_base=away).status_code == 404
    bearer = {"Authorization": "Bearer " + "m" * 32}
    assert client.get("/metrics", environ_base=away, headers=bearer).status_code == 200


@pytest.mark.parametrize(
    ("place", "headers"),
    [({"REMOTE_ADDR": "192.0.2.1"}, {}), ({}, {"Host": "evil.example"})],
)
def test_the_outbox_is_for_this_machine(
    client: FlaskClient, place: dict[str, str], headers: dict[str, str]
) -> None:
    assert client.get("/outbox").status_code == 200
    assert client.get("/outbox", environ_base=place, headers=headers).status_code == 404


@pytest.mark.parametrize("name", ["..%2fkeys", "1.x%2f..", "nothing"])
def test_the_outbox_shows_copies_only(client: FlaskClient, name: str) -> None:
    assert client.get(f"/outbox/{name}").status_code == 404


def test_with_a_relay_there_is_no_outbox(world: World) -> None:
    app = create_app(Settings(relay_url="smtp://127.0.0.1:25"), world.kit)
    assert app.test_client().get("/outbox").status_code == 404


def test_a_broken_page_tells_nothing_of_how_we_are_made(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr("web.lists.views.reading", broken)
    answer = client.get(LIST)
    assert answer.status_code == 500
    assert "secret" not in answer.text and "Traceback" not in answer.text


def test_a_lists_page_asks_the_database_once(client: FlaskClient, world: World) -> None:
    asked: list[str] = []
    engine = world.kit.database.engine
    event.listen(engine, "before_cursor_execute", lambda *args: asked.append(str(args[2])))
    client.get(LIST)
    assert sum(statement.startswith("SELECT") for statement in asked) == 1
