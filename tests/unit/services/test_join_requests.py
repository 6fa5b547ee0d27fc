"""Who would like to join: moderators hear of it, and decide by a reply, once."""

import re

import pytest

from listserv.domain.envelope import Envelope
from listserv.domain.mailing_list import MailingList
from listserv.domain.routing import Command, ToCommand
from listserv.domain.subscription import Role, Subscription
from listserv.services.add_members import Newcomer, add_members
from listserv.services.ask_to_join import ask_to_join
from listserv.services.change_list import change_list
from listserv.services.change_member import change_member
from listserv.services.create_list import create_list
from listserv.services.decide_request import decide_request
from listserv.services.receive_command import receive_command
from listserv.services.remove_member import remove_member
from listserv.services.sweep import sweep
from listserv.services.tell_of_request import MOST_TOLD
from listserv.store import subscriptions
from tests.fakes import World, build_world
from tests.unit.services.mail_samples import plain
from tests.unit.services.test_held_by_mail import (
    EVE,
    MAX,
    MEG,
    OLGA,
    SIGN_OFFS,
    mailed,
    reply,
    text_of,
    token_of,
)

ROSA = "rosa@example.com"


@pytest.fixture
def group(world: World) -> MailingList:
    made = create_list(world.kit, "group@example.org", preset_name="peer-support")
    people = [
        Newcomer(MEG, handle="Warm Lantern", role=Role.MODERATOR),
        Newcomer(MAX, handle="Blue Heron", role=Role.MODERATOR),
        Newcomer(OLGA, handle="Still Water", role=Role.OWNER),
    ]
    list(add_members(world.kit, made.address, people))
    settings = {"sender_proof": "off", "join_question": "What brings you here?"}
    return change_list(world.kit, made.address, settings)


def ask(world: World, group: MailingList, address: str = ROSA, words: str = "A long year.") -> None:
    """Asks to join, and answers the question that comes back."""
    ask_to_join(world.kit, group.id, address)
    (question,) = mailed(world)[address]
    route = ToCommand(group.id, Command.CONFIRM, token_of(question))
    receive_command(world.kit, route, Envelope(address), plain("Re: join", words, address))


def newcomer(world: World, group: MailingList) -> Subscription:
    with world.kit.database.reading() as tx:
        return subscriptions.page(tx, group.id)[-1]


def test_each_moderator_hears_the_answer_and_no_address(world: World, group: MailingList) -> None:
    ask(world, group)
    mails = mailed(world)
    assert set(mails) == {ROSA, MEG, MAX}
    notice = text_of(mails[MEG][0])
    assert "What brings you here?" in notice and "A long year." in notice
    assert newcomer(world, group).handle in notice
    assert ROSA not in mails[MEG][0].as_string()


def test_moderators_hear_that_there_is_no_answer(world: World, group: MailingList) -> None:
    ask(world, group, words="")
    notice = text_of(mailed(world)[MEG][0])
    assert "What brings you here?\nThey did not answer." in notice.replace("\r\n", "\n")


def test_approve_lets_them_in_and_the_second_hears_who_was_first(
    world: World, group: MailingList
) -> None:
    ask(world, group)
    mails = mailed(world)
    reply(world, group, mails[MEG][0], MEG, "Approve")
    assert newcomer(world, group).may_post
    done = mailed(world)
    assert "Welcome" in str(done[ROSA][0]["Subject"])
    assert "is in the group now" in text_of(done[MEG][0])
    reply(world, group, mails[MAX][0], MAX, "reject not now")
    late = mailed(world)
    assert "Warm Lantern was first" in text_of(late[MAX][0])
    assert set(late) == {MAX} and newcomer(world, group).may_post


def test_reject_tells_them_with_the_words(world: World, group: MailingList) -> None:
    ask(world, group)
    mails = mailed(world)
    reply(world, group, mails[MEG][0], MEG, "reject We are full until May.")
    done = mailed(world)
    assert "We are full until May." in text_of(done[ROSA][0])
    with world.kit.database.reading() as tx:
        assert subscriptions.waiting(tx, group.id, 9) == []
    reply(world, group, mails[MAX][0], MAX, "approve")
    assert "is not in the group" in text_of(mailed(world)[MAX][0])


@pytest.mark.parametrize("sign_off", SIGN_OFFS)
def test_a_stranger_does_not_learn_who_turned_them_down(
    world: World, group: MailingList, sign_off: str
) -> None:
    ask(world, group)
    words = f"reject We are full until May.{sign_off}"
    reply(world, group, mailed(world)[MEG][0], MEG, words, "Meg Baker")
    (told,) = mailed(world)[ROSA]
    assert "We are full until May." in text_of(told)
    assert not re.search("meg|baker|0958", told.as_string() + text_of(told), re.I)


def test_who_was_turned_down_and_asks_again_is_told_of_again(
    world: World, group: MailingList
) -> None:
    ask(world, group)
    reply(world, group, mailed(world)[MEG][0], MEG, "reject")
    mailed(world)
    world.clock.go(hours=2)
    ask(world, group)
    assert set(mailed(world)) == {ROSA, MEG, MAX}


def test_nobody_else_decides_by_that_mail(world: World, group: MailingList) -> None:
    ask(world, group)
    notice = mailed(world)[MEG][0]
    reply(world, group, notice, EVE, "approve")
    reply(world, group, notice, MAX, "approve")
    change_member(world.kit, group.address, MEG, {"role": "member"})
    reply(world, group, notice, MEG, "approve")
    assert not newcomer(world, group).may_post
    assert mailed(world) == {}


def test_anything_else_changes_nothing(world: World, group: MailingList) -> None:
    ask(world, group)
    reply(world, group, mailed(world)[MEG][0], MEG, "Who is that?")
    (unclear,) = mailed(world)[MEG]
    assert "Nothing was changed" in text_of(unclear)
    reply(world, group, unclear, MEG, "approve")
    assert newcomer(world, group).may_post


def test_two_at_the_same_time_welcome_once(world: World, group: MailingList) -> None:
    ask(world, group)
    mailed(world)
    who = newcomer(world, group)
    assert not decide_request(world.kit, group.id, who.id, True).late
    again = decide_request(world.kit, group.id, who.id, False)
    assert again.late and again.let_in and again.who == "operator"
    assert len(mailed(world)[ROSA]) == 1


def test_what_waits_for_a_day_is_summed_up_and_owners_hear_after_two(
    world: World, group: MailingList
) -> None:
    ask(world, group)
    mailed(world)
    world.clock.go(hours=21)
    sweep(world.kit)
    mails = mailed(world)
    assert set(mails) == {MEG, MAX}
    assert newcomer(world, group).handle in text_of(mails[MEG][0])
    assert "0 posts" not in text_of(mails[MEG][0])
    world.clock.go(days=1, hours=4)
    sweep(world.kit)
    assert set(mailed(world)) == {MEG, MAX, OLGA}


def test_without_anybody_who_decides_the_operator_is_told(any_world: World) -> None:
    world = build_world(any_world.kit.database.engine, operator="root@example.org")
    group = create_list(world.kit, "alone@example.org", preset_name="peer-support")
    ask_to_join(world.kit, group.id, ROSA)
    (question,) = mailed(world)[ROSA]
    token = str(question["Reply-To"]).partition("+")[2].partition("@")[0]
    route = ToCommand(group.id, Command.CONFIRM, token)
    receive_command(world.kit, route, Envelope(ROSA), plain("Re: join", "yes", ROSA))
    (told,) = mailed(world)["root@example.org"]
    assert "quietlist member set alone@example.org" in text_of(told)


def test_a_flood_of_requests_is_told_of_in_few_mails(world: World, group: MailingList) -> None:
    for number in range(MOST_TOLD):
        ask(world, group, f"n{number}@example.com")
    assert MEG in mailed(world)
    ask(world, group)
    assert set(mailed(world)) == {ROSA}


def test_a_request_that_was_withdrawn_lets_nobody_in(world: World, group: MailingList) -> None:
    ask(world, group)
    notice = mailed(world)[MEG][0]
    remove_member(world.kit, group.address, newcomer(world, group).handle)
    reply(world, group, notice, MEG, "approve")
    assert "is not in the group" in text_of(mailed(world)[MEG][0])
