"""Questions behind links in mail: what each page says, and what its buttons do."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from listserv.domain.language import Language
from listserv.domain.mailing_list import MailingList
from listserv.domain.request import (
    ForgetMe,
    Kept,
    Leave,
    Pause,
    Resume,
    SendData,
    SetDelivery,
    SetHandle,
    SetHour,
    SetLanguage,
    SetOneTime,
    SetReceipts,
    SetTimeZone,
)
from listserv.domain.subscription import DeliveryMode
from listserv.services.add_members import Newcomer, add_members
from listserv.services.ask_change import ask_change
from listserv.services.ask_to_join import ask_to_join
from listserv.services.ban_member import ban_member
from listserv.services.change_list import change_list
from listserv.services.invite import invite
from listserv.services.note_member import LONGEST, notes_about
from listserv.services.show_members import roster
from listserv.store import subscriptions
from tests.fakes import World
from tests.unit.web.pages import ANN, confirm_path, mails, main, newest_mail, newest_question, send
from web.membership.words import asked_for

WORDS: list[tuple[Kept, str]] = [
    (Leave(), "You leave the group"),
    (Pause(), "until you say so"),
    (Pause(date(2026, 3, 2)), "comes again tomorrow"),
    (Pause(date(2027, 1, 5)), "on January 5, 2027"),
    (Resume(), "comes again"),
    *((SetDelivery(mode), "") for mode in DeliveryMode),
    (SetHandle(""), "draw a new name"),
    (SetHandle("Calm Heron"), "Calm Heron"),
    (SetReceipts(True), "always get a copy"),
    (SetReceipts(False), "no extra copy"),
    (SetOneTime(True), "another name"),
    (SetOneTime(False), "the same name"),
    (SetHour(7), "at 7:00"),
    (SetLanguage(Language.SPANISH), "Español"),
    (SetTimeZone("America/New_York"), "New York"),
    (ForgetMe(), "erase your address."),
    (ForgetMe(posts=True), "what you wrote"),
    (SendData(), "all that we know"),
]


@pytest.mark.parametrize(("request_", "words"), WORDS)
def test_each_request_is_said_back(app: Flask, request_: Kept, words: str) -> None:
    with app.test_request_context():
        assert words in asked_for(request_)


def asked(world: World, group: MailingList, request: Kept) -> str:
    """A mail that proves nothing asks for something; the path of the question that follows."""
    list(add_members(world.kit, group.address, [Newcomer(ANN, handle="Quiet Otter")]))
    ask_change(world.kit, group.id, ANN, request, False, Language.ENGLISH)
    return newest_question(world)


def test_a_change_is_shown_and_then_done(
    client: FlaskClient, world: World, group: MailingList
) -> None:
    path = asked(world, group, SetHandle("Calm Heron"))
    page = client.get(path)
    assert "Calm Heron" in page.text and "if it was you" in page.text
    assert [row.handle for row in roster(world.kit, group.address)] == ["Quiet Otter"]
    assert "what is new" in send(client, path, answer="yes").text
    assert [row.handle for row in roster(world.kit, group.address)] == ["Calm Heron"]


def test_leaving_by_a_question(client: FlaskClient, world: World, group: MailingList) -> None:
    path = asked(world, group, Leave())
    assert "You leave the group" in client.get(path).text
    assert "You have left" in send(client, path, answer="yes").text
    assert not list(roster(world.kit, group.address))


def test_being_forgotten_says_what_stays(
    client: FlaskClient, world: World, group: MailingList
) -> None:
    path = asked(world, group, ForgetMe(posts=True))
    page = client.get(path)
    assert "cannot call it back" in page.text and "cannot be undone" in page.text
    assert "We have forgotten you" in send(client, path, answer="yes").text


def test_an_invitation(client: FlaskClient, world: World, group: MailingList) -> None:
    assert invite(world.kit, group.address, ["ben@example.net"]) == 1
    path = newest_question(world)
    assert "invites you" in client.get(path).text
    assert "Welcome to Quiet evenings" in send(client, path, answer="yes").text


def answers(world: World, group: MailingList) -> list[str]:
    """What moderators read about the one who waits."""
    with world.kit.database.reading() as tx:
        (newcomer,) = subscriptions.waiting(tx, group.id, 2)
    return [note.text for note in notes_about(world.kit, group.id, newcomer.id)]


def test_the_group_s_own_question_is_answered_on_the_page(
    client: FlaskClient, world: World, group: MailingList
) -> None:
    asks = {"join": "approve", "join_question": "What brings you here?"}
    change_list(world.kit, group.address, asks)
    path = confirm_path(world, group)
    assert "What brings you here?" in client.get(path).text
    words = f"A long year.\r\nMy name is Ann. Write to me at {ANN}, {'please ' * 500}"
    assert "looks at your request" in send(client, path, answer="yes", words=words).text
    (answer,) = answers(world, group)
    assert (
        answer.startswith("A long year. My name is [name]. Write to me at ") and ANN not in answer
    )
    assert len(answer) == LONGEST


def test_the_question_may_be_left_without_an_answer(
    client: FlaskClient, world: World, group: MailingList
) -> None:
    asks = {"join": "approve", "join_question": "What brings you here?"}
    change_list(world.kit, group.address, asks)
    assert "looks at your request" in send(client, confirm_path(world, group), answer="yes").text
    assert answers(world, group) == []


def test_where_nobody_would_read_an_answer_there_is_no_question(
    client: FlaskClient, world: World, group: MailingList
) -> None:
    change_list(world.kit, group.address, {"join": "open", "join_question": "What brings you?"})
    path = confirm_path(world, group)
    assert "What brings you?" not in client.get(path).text
    assert "What brings you?" not in newest_mail(world)


def test_who_is_banned_is_not_welcomed(
    client: FlaskClient, world: World, group: MailingList
) -> None:
    invite(world.kit, group.address, ["eve@example.com"])
    path = newest_question(world)
    ban_member(world.kit, group.address, "eve@example.com")
    assert "Welcome" not in send(client, path, answer="yes").text


def test_no_and_never_again(client: FlaskClient, world: World, group: MailingList) -> None:
    path = confirm_path(world, group)
    assert "not write to you again" in send(client, path, answer="never").text
    assert client.get(path).status_code == 404
    mails(world)  # those of before
    ask_to_join(world.kit, group.id, ANN)
    assert mails(world) == 0
    assert not list(roster(world.kit, group.address))


def test_an_old_question_offers_a_new_one(
    client: FlaskClient, world: World, group: MailingList
) -> None:
    path = confirm_path(world, group)
    world.clock.go(days=4)
    page = client.get(path)
    assert page.status_code == 404 and "does not work any more" in page.text
    assert mails(world) == 0  # looking asks for nothing
    assert "Look at your mail" in send(client, path, answer="again").text
    assert newest_question(world) != path
    assert "Welcome" in send(client, newest_question(world), answer="yes").text


def test_a_used_question_does_nothing_more(
    client: FlaskClient, world: World, group: MailingList
) -> None:
    path = confirm_path(world, group)
    open_page = client.get(path)
    assert "Welcome" in send(client, path, answer="yes").text
    token = open_page.text.split('name="csrf_token" value="')[1].split('"')[0]
    again = client.post(path, data={"csrf_token": token, "answer": "yes"})
    assert again.status_code == 404 and "done its work" in again.text


def test_a_question_shows_nobody(client: FlaskClient, world: World, group: MailingList) -> None:
    path = asked(world, group, Pause())
    text = main(client.get(path))
    assert "Otter" not in text and ANN not in text
