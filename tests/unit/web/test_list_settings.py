"""The settings of a list as a page: made from the schema, for owners only."""

import pytest
from flask.testing import FlaskClient

from listserv.domain.list_settings import SCHEMA, as_text
from listserv.domain.mailing_list import MailingList
from listserv.domain.subscription import Role
from listserv.services.add_members import Newcomer, add_members
from listserv.services.show_lists import one_list
from tests.fakes import World
from tests.unit.web.pages import ANN, LIST, send, sign_in
from web.moderation.setting_words import HELP, VALUES

PAGE = f"{LIST}/settings"


@pytest.fixture
def owner(client: FlaskClient, world: World, group: MailingList) -> FlaskClient:
    newcomer = Newcomer(ANN, handle="Quiet Otter", role=Role.OWNER)
    list(add_members(world.kit, group.address, [newcomer]))
    sign_in(client, world)
    return client


def settings(world: World) -> dict[str, str]:
    return as_text(one_list(world.kit, "group@example.org")[0].settings)


def test_every_setting_has_its_field(owner: FlaskClient) -> None:
    page = owner.get(PAGE).text
    assert [s.name for s in SCHEMA if f'name="{s.name}"' not in page] == []


def test_translators_know_every_word_of_the_schema() -> None:
    assert set(HELP) == {setting.help for setting in SCHEMA}
    assert set(VALUES) == {setting.values for setting in SCHEMA if not setting.choices}


def test_what_is_changed_is_saved_and_nothing_else(owner: FlaskClient, world: World) -> None:
    before = settings(world)
    assert send(owner, PAGE, keep_posts="30", join="invite").status_code == 303
    assert settings(world) == before | {"keep_posts": "30", "join": "invite"}


def test_what_does_not_fit_is_told_at_its_field_and_kept(owner: FlaskClient, world: World) -> None:
    before = settings(world)
    answer = send(owner, PAGE, keep_posts="soon", posts_per_hour="5")
    assert answer.status_code == 400
    assert 'id="keep_posts-problem"' in answer.text and "days or forever" in answer.text
    assert 'value="soon"' in answer.text and 'value="5"' in answer.text
    assert settings(world) == before


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
def test_nobody_but_owners_finds_the_page(
    client: FlaskClient, world: World, group: MailingList, role: Role
) -> None:
    list(add_members(world.kit, group.address, [Newcomer(ANN, role=role)]))
    sign_in(client, world)
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, data={"join": "open"}).status_code in (400, 404)
