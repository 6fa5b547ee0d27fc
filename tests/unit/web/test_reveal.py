"""The page of the one door to an address: for the operator, with a reason, on record."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from listserv.domain.mailing_list import MailingList
from listserv.domain.subscription import Role
from listserv.services.add_members import Newcomer, add_members
from listserv.services.read_audit import newest
from listserv.settings import Settings
from tests.fakes import World
from tests.unit.web.pages import ANN, LIST, mails, main, newest_mail, send, sign_in
from web.app import create_app

BEN = "ben@example.net"
PAGE = f"{LIST}/reveal"


def visitor(
    world: World, folder: Path, group: MailingList, operator: str = ANN, page: str = "on"
) -> FlaskClient:
    """Ann, who owns the group and is signed in; Ben is a member."""
    settings = Settings(data_dir=str(folder), reveal_page=page)
    client = create_app(settings, replace(world.kit, operator=operator)).test_client()
    people = [Newcomer(ANN, "Quiet Otter", role=Role.OWNER), Newcomer(BEN, "Green Frog")]
    list(add_members(world.kit, group.address, people))
    sign_in(client, world)
    return client


def test_the_operator_sees_it_and_it_is_written_down_and_told(
    world: World, tmp_path: Path, group: MailingList
) -> None:
    client = visitor(world, tmp_path, group)
    page = send(client, PAGE, handle="Green Frog", reason="A letter from a court.")
    assert page.status_code == 200 and BEN in main(page)
    (line,) = [one for one in newest(world.kit) if one.action == "reveal"]
    assert (line.actor, line.reason) == ("operator", "A letter from a court.")
    assert "A letter from a court." in newest_mail(world)
    assert world.relay.taken[-1].recipient == BEN


@pytest.mark.parametrize("reason", ["", "why", "for eve@example.com"])
def test_without_a_reason_there_is_no_address(
    world: World, tmp_path: Path, group: MailingList, reason: str
) -> None:
    client = visitor(world, tmp_path, group)
    mails(world)
    page = send(client, PAGE, handle="Green Frog", reason=reason)
    assert page.status_code == 400 and BEN not in page.text
    assert "without any address" in page.text
    assert mails(world) == 0
    assert not [one for one in newest(world.kit) if one.action == "reveal"]


def test_a_name_that_nobody_has_is_told(world: World, tmp_path: Path, group: MailingList) -> None:
    client = visitor(world, tmp_path, group)
    page = send(client, PAGE, handle="Red Fox", reason="A letter from a court.")
    assert page.status_code == 404 and "Nobody here has that name now" in page.text


@pytest.mark.parametrize(
    ("operator", "page"), [("root@example.org", "on"), ("", "on"), (ANN, "off")]
)
def test_owners_find_no_such_page_nor_the_operator_where_it_is_off(
    world: World, tmp_path: Path, group: MailingList, operator: str, page: str
) -> None:
    client = visitor(world, tmp_path, group, operator, page)
    assert client.get(PAGE).status_code == 404
    token = {"handle": "Green Frog", "reason": "A letter from a court."}
    assert send(client, "/me/settings", to=PAGE, **token).status_code == 404
    assert not [one for one in newest(world.kit) if one.action == "reveal"]


def test_it_takes_a_sign_in_of_the_last_minutes(
    world: World, tmp_path: Path, group: MailingList
) -> None:
    client = visitor(world, tmp_path, group)
    assert client.get(PAGE).status_code == 200
    world.clock.go(minutes=16)
    assert client.get(PAGE).headers["Location"].endswith("/sign-in")
