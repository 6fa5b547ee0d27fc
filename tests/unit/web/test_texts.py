"""Owners write mails to members in their own words."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from listserv.domain.language import Language
from listserv.domain.mailing_list import MailingList
from listserv.domain.request import Change, Leave, Pause
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_member import change_member
from listserv.services.change_subscription import change_subscription
from listserv.services.create_list import create_list
from listserv.services.notice_texts import EDITABLE, placeholders
from listserv.store import members, subscriptions
from tests.fakes import World
from tests.unit.web.pages import ANN, LIST, confirm_path, main, newest_mail, send

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
@pytest.mark.parametrize("wrong", ["{adress}", "{Handle}", "{handle.__class__}", "{until}"])
def test_what_cannot_be_filled_in_is_named(owner: FlaskClient, do: str, wrong: str) -> None:
    page = send(owner, WELCOME, do=do, body=f"Hello {wrong}")
    assert page.status_code == 400
    assert f"There is no {wrong}" in page.text and f"Hello {wrong}" in page.text


@pytest.mark.parametrize("notice", EDITABLE)
def test_all_that_can_be_filled_in_is(
    owner: FlaskClient, world: World, group: MailingList, notice: str
) -> None:
    names = placeholders(world.kit, group, notice, Language.ENGLISH)
    body = " ".join(f"{{{name}}}" for name in names)
    assert (
        "{" not in main(send(owner, f"{TEXTS}/{notice}/en", do="look", body=body)).split("<form")[0]
    )
    send(owner, f"{TEXTS}/{notice}/en", do="save", body=body)
    list(add_members(world.kit, group.address, [Newcomer("ben@example.net", "Green Frog")]))
    with world.kit.database.reading() as tx:
        ben = members.find(tx, world.kit.vault.lookups("ben@example.net"))
        assert ben
        his = subscriptions.of_member(tx, group.id, ben.member_id)
        assert his
    acts: dict[str, Change] = {"goodbye": Leave(), "paused": Pause(date(2026, 4, 1))}
    act = acts.get(notice)
    if act:
        change_subscription(world.kit, ben.member_id, his.id, act)
    else:
        change_member(world.kit, group.address, "Green Frog", {"state": "waiting"})
        change_member(world.kit, group.address, "Green Frog", {"state": "active"}, notify=True)
    told = newest_mail(world)
    assert told.startswith("Green Frog ")
    assert "{" not in told


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
