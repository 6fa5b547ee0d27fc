"""A phone number or a street in a post: its author is asked before anybody sees it."""

from datetime import timedelta

import pytest

from listserv.domain.decision import Accept, Hold, Reject
from listserv.domain.envelope import Envelope
from listserv.domain.held import Ruling
from listserv.domain.mailing_list import MailingList
from listserv.domain.routing import ToList
from listserv.domain.subscription import Role
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.create_list import create_list
from listserv.services.decide_by_token import decide_by_token, peek_held
from listserv.services.moderate import held_posts
from listserv.services.receive_post import receive_post
from listserv.services.sweep import sweep
from tests.fakes import World
from tests.unit.services.mail_samples import ANN, plain
from tests.unit.services.test_held_by_mail import (
    MEG,
    accepted,
    mailed,
    reply,
    text_of,
    token_of,
)

NUMBER = "Call me on +44 20 7946 0958, any evening."
STREET = "We meet at my place, 12 Mill Road, at seven."


@pytest.fixture
def group(world: World) -> MailingList:
    made = create_list(world.kit, "group@example.org", preset_name="peer-support")
    people = [
        Newcomer(ANN, handle="Quiet Otter"),
        Newcomer(MEG, handle="Warm Lantern", role=Role.MODERATOR),
    ]
    list(add_members(world.kit, made.address, people))
    return change_list(world.kit, made.address, {"sender_proof": "off", "moderate": "none"})


def post(world: World, group: MailingList, body: str = NUMBER) -> object:
    raw = plain(body=body)
    return receive_post(world.kit, ToList(group.id), Envelope(ANN, trusted=True), raw)


@pytest.mark.parametrize(("body", "what"), [(NUMBER, "phone number"), (STREET, "street address")])
def test_its_author_is_asked_and_moderators_know_nothing(
    world: World, group: MailingList, body: str, what: str
) -> None:
    assert isinstance(post(world, group, body), Hold)
    mails = mailed(world)
    assert set(mails) == {ANN}
    words = text_of(mails[ANN][0])
    assert what in words and body.split(",", maxsplit=1)[0] in words and "one word: send" in words
    assert accepted(world) == [] and list(held_posts(world.kit, group.address)) == []


@pytest.mark.parametrize("word", ["send", "Send it", "Yes", "ok", "enviar", "Sí"])
def test_send_lets_it_go_out(world: World, group: MailingList, word: str) -> None:
    post(world, group)
    reply(world, group, mailed(world)[ANN][0], ANN, word)
    assert accepted(world) == [1]
    assert "on its way" in text_of(mailed(world)[ANN][0])


@pytest.mark.parametrize("word", ["withdraw", "No", "cancel", "delete", "retirar"])
def test_withdraw_erases_it(world: World, group: MailingList, word: str) -> None:
    post(world, group)
    reply(world, group, mailed(world)[ANN][0], ANN, word)
    assert accepted(world) == []
    assert "taken back" in text_of(mailed(world)[ANN][0])


def test_other_words_change_nothing_and_are_answered(world: World, group: MailingList) -> None:
    post(world, group)
    reply(world, group, mailed(world)[ANN][0], ANN, "Thank you, how kind.")
    answered = mailed(world)[ANN][0]
    assert accepted(world) == []
    assert "waits for your word" in text_of(answered)
    reply(world, group, answered, ANN, "send")
    assert accepted(world) == [1]


def test_a_page_offers_both_and_a_second_press_changes_nothing(
    world: World, group: MailingList
) -> None:
    post(world, group)
    token = token_of(mailed(world)[ANN][0])
    view = peek_held(world.kit, token)
    assert view and view.may == (Ruling.SEND, Ruling.WITHDRAW) and view.waiting
    assert decide_by_token(world.kit, token, Ruling.APPROVE) is None
    assert decide_by_token(world.kit, token, Ruling.SEND)
    assert decide_by_token(world.kit, token, Ruling.WITHDRAW)
    assert accepted(world) == [1]


def test_nobody_answers_so_it_goes_back_and_moderators_hear_nothing(
    world: World, group: MailingList
) -> None:
    post(world, group)
    mailed(world)
    world.clock.time += timedelta(days=15)
    sweep(world.kit)
    mails = mailed(world)
    assert set(mails) == {ANN}
    assert NUMBER in text_of(mails[ANN][0]) and "did not hear from you" in text_of(mails[ANN][0])
    assert accepted(world) == []


def test_its_author_is_asked_before_a_moderator_looks(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"moderate": "all"})
    post(world, group)
    mails = mailed(world)
    assert set(mails) == {ANN} and list(held_posts(world.kit, group.address)) == []
    reply(world, group, mails[ANN][0], ANN, "send")
    assert set(mailed(world)) == {ANN, MEG}
    assert accepted(world) == []
    (waiting,) = held_posts(world.kit, group.address)
    assert NUMBER in waiting.post.message.text


def test_who_sends_more_than_the_group_allows_gets_it_back(
    world: World, group: MailingList
) -> None:
    change_list(world.kit, group.address, {"largest_post": "1", "on_too_large": "reject"})
    post(world, group, NUMBER + " x" * 600)
    reply(world, group, mailed(world)[ANN][0], ANN, "send")
    words = [text_of(one) for one in mailed(world)[ANN]]
    assert any(NUMBER in one for one in words)
    assert accepted(world) == [] and list(held_posts(world.kit, group.address)) == []


def test_an_unproven_post_is_owned_up_to_first(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"sender_proof": "ask"})
    post(world, group)
    reply(world, group, mailed(world)[ANN][0], ANN, "yes")
    asked = mailed(world)[ANN]
    assert accepted(world) == []
    reply(world, group, asked[-1], ANN, "send")
    assert accepted(world) == [1]


def test_who_may_have_written_their_name_is_asked_on_every_list(
    world: World, group: MailingList
) -> None:
    change_list(world.kit, group.address, {"ask_private": "off"})
    words = "The evening was calm and long, thank you for it."
    assert isinstance(post(world, group, f"{words}\n\nGrace"), Hold)
    mails = mailed(world)
    assert set(mails) == {ANN} and list(held_posts(world.kit, group.address)) == []
    asked = text_of(mails[ANN][0])
    assert "may be the writer's own name" in asked and f"{words}\r\n\r\nGrace" in asked
    reply(world, group, mails[ANN][0], ANN, "send")
    assert accepted(world) == [1]


def test_a_list_may_send_it_back_at_once(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"on_doubtful": "reject"})
    said = post(world, group, "The evening was calm and long, thank you for it.\n\nGrace")
    assert isinstance(said, Reject)


def test_a_list_may_leave_it_to_its_members(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"ask_private": "off"})
    assert post(world, group) == Accept()


@pytest.mark.parametrize("body", ["Call 0800 1111 at night.", "It is 7 miles to the mill."])
def test_helplines_and_other_numbers_ask_nothing(
    world: World, group: MailingList, body: str
) -> None:
    assert post(world, group, body) == Accept()
