"""Owners write mails to members in their own words."""

import pytest
from flask.testing import FlaskClient

from listserv.domain.mailing_list import MailingList
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_member import change_member
from listserv.services.create_list import create_list
from tests.fakes import World
from tests.unit.web.pages import ANN, LIST, confirm_path, newest_mail, send

TEXTS = f"{LIST}/texts"
WELCOME = f"{TEXTS}/welcome/en"


@pytest.fixture
def owner(ann: FlaskClient, world: World, group: MailingList) -> FlaskClient:
    change_member(world.kit, group.address, ANN, {"role": "owner"})
    return ann


@pytest.mark.parametrize("path", [TEXTS, WELCOME])
@pytest.mark.parametrize("role", ["member", "moderator"])
def test_it_is_for_owners(
    ann: FlaskClient, world: World, group: MailingList, path: str, role: str
) -> None:
    change_member(world.kit, group.address, ANN, {"role": role})
    assert ann.get(path).status_code == 404
    assert send(ann, "/me", to=WELCOME, do="save", body="Hello").status_code == 404


def test_it_is_for_owners_of_this_list(owner: FlaskClient, world: World) -> None:
    create_list(world.kit, "other@example.org", "Other")
    assert owner.get("/lists/other@example.org/texts").status_code == 404
    assert owner.get("/lists/none@example.org/texts").status_code == 404


def test_others_are_asked_to_sign_in(client: FlaskClient) -> None:
    for path in (TEXTS, "/lists/none@example.org/texts"):
        assert client.get(path).headers["Location"] == "/sign-in"


def test_a_group_s_owner_finds_the_page(owner: FlaskClient) -> None:
    assert f'href="{TEXTS}"' in owner.get("/me/groups/1").text.replace("%40", "@")


def test_looking_changes_nothing(owner: FlaskClient) -> None:
    page = send(owner, WELCOME, do="look", body="Hello {handle} <b>")
    assert "Hello Quiet Otter &lt;b&gt;" in page.text
    assert "Hello {handle} &lt;b&gt;" in page.text  # what was typed stays
    assert "your words" not in owner.get(TEXTS).text


def test_own_words_reach_new_members(owner: FlaskClient, world: World, group: MailingList) -> None:
    answer = send(owner, WELCOME, do="save", body="A warm hello, {handle}.")
    assert "Saved." in owner.get(answer.headers["Location"]).text
    assert "your words" in owner.get(TEXTS).text
    assert "A warm hello, {handle}." in owner.get(WELCOME).text
    send(owner, confirm_path(world, group, "ben@example.net"), answer="yes")
    assert newest_mail(world).startswith("A warm hello, ")


def test_our_words_come_back(owner: FlaskClient) -> None:
    send(owner, WELCOME, do="save", body="A warm hello.")
    send(owner, WELCOME, do="ours", body="A warm hello.")
    assert "your words" not in owner.get(TEXTS).text


@pytest.mark.parametrize("do", ["look", "save"])
def test_what_cannot_be_filled_in_is_named(owner: FlaskClient, do: str) -> None:
    page = send(owner, WELCOME, do=do, body="Hello {adress}")
    assert page.status_code == 400
    assert "There is no {adress}" in page.text and "Hello {adress}" in page.text


@pytest.mark.parametrize("end", ["help/en", "welcome/tlh", "welcome"])
def test_other_notices_are_not_to_be_written(owner: FlaskClient, end: str) -> None:
    assert owner.get(f"{TEXTS}/{end}").status_code == 404


def test_mail_s_words_are_those_of_each_language(
    owner: FlaskClient, world: World, group: MailingList
) -> None:
    send(owner, f"{TEXTS}/welcome/es", do="save", body="Un saludo, {handle}.")
    list(add_members(world.kit, group.address, [Newcomer("cem@example.net")]))
    send(owner, confirm_path(world, group, "ben@example.net"), answer="yes")
    assert "Un saludo" not in newest_mail(world)
