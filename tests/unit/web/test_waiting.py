"""What an author wrote that waits, on a page of their own."""

import pytest
from flask.testing import FlaskClient

from listserv.domain.envelope import Envelope
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import PostState
from listserv.domain.routing import ToList
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.moderate import queue
from listserv.services.receive_post import receive_post
from listserv.store import posts
from tests.fakes import World
from tests.unit.services.mail_samples import plain
from tests.unit.web.pages import ANN, main, send

PAGE = "/me/groups/1/waiting"
BEN = "ben@example.net"


def post(world: World, group: MailingList, sender: str = ANN) -> None:
    raw = plain("A hard week", "It was long.", sender, message_id=f"<1@{sender}>")
    receive_post(world.kit, ToList(group.id), Envelope(sender), raw)


def waiting(world: World, group: MailingList) -> int:
    return queue(world.kit, group.id).total


@pytest.fixture
def read_first(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"moderate": "all", "sender_proof": "off"})


def test_an_author_sees_why_it_waits_and_takes_it_back(
    ann: FlaskClient, world: World, group: MailingList, read_first: None
) -> None:
    post(world, group)
    page = main(ann.get(PAGE))
    assert "A hard week" in page and "A moderator reads every post" in page
    assert waiting(world, group) == 1
    assert send(ann, PAGE, post="1", do="back").status_code == 303
    assert waiting(world, group) == 0
    assert "Nothing of yours waits now" in main(ann.get(PAGE))


def test_what_needs_a_yes_gets_it_there(ann: FlaskClient, world: World, group: MailingList) -> None:
    post(world, group)
    page = main(ann.get(PAGE))
    assert "We could not tell whether you wrote it" in page
    send(ann, PAGE, do="mine")
    with world.kit.database.reading() as tx:
        found = posts.get(tx, 1)
    assert found and found.state is PostState.ACCEPTED


def test_what_somebody_else_wrote_in_their_name_is_dropped(
    ann: FlaskClient, world: World, group: MailingList
) -> None:
    post(world, group)
    send(ann, PAGE, post="1", do="back")
    with world.kit.database.reading() as tx:
        assert posts.get(tx, 1) is None


def test_nobody_takes_back_what_is_not_theirs(
    ann: FlaskClient, world: World, group: MailingList, read_first: None
) -> None:
    list(add_members(world.kit, group.address, [Newcomer(BEN)]))
    post(world, group, BEN)
    assert "A hard week" not in main(ann.get(PAGE))
    assert send(ann, PAGE, post="1", do="back").status_code == 404
    assert waiting(world, group) == 1


def test_a_decision_that_was_faster_is_told(
    ann: FlaskClient, world: World, group: MailingList, read_first: None
) -> None:
    assert send(ann, PAGE, post="x", do="back").status_code == 303
    assert "does not wait any more" in main(ann.get(PAGE))
    assert ann.get("/me/groups/2/waiting").status_code == 404


@pytest.mark.parametrize(("do", "stays"), [("send", True), ("back", False)])
def test_a_second_thought_is_given_there(
    ann: FlaskClient, world: World, group: MailingList, do: str, stays: bool
) -> None:
    change_list(world.kit, group.address, {"sender_proof": "off", "ask_private": "on"})
    raw = plain("Come by", "I live at 12 Mill Road.", ANN)
    receive_post(world.kit, ToList(group.id), Envelope(ANN), raw)
    page = main(ann.get(PAGE))
    assert "waits for your word" in page and "street address" in page
    assert waiting(world, group) == 0
    assert send(ann, PAGE, post="1", do=do).status_code == 303
    with world.kit.database.reading() as tx:
        found = posts.get(tx, 1)
    assert (found is not None and found.state is PostState.ACCEPTED) == stays
    assert "Nothing of yours waits now" in main(ann.get(PAGE))
