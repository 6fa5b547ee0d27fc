"""A post that nothing proves: its author is asked, and then the other rules decide."""

import pytest

from listserv.domain.decision import Hold
from listserv.domain.envelope import Envelope
from listserv.domain.mailing_list import MailingList
from listserv.domain.routing import ToList
from listserv.domain.subscription import Role
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.create_list import create_list
from listserv.services.moderate import held_posts
from listserv.services.receive_post import receive_post
from listserv.services.sweep import sweep
from tests.fakes import World
from tests.unit.services.mail_samples import ANN, plain
from tests.unit.services.test_held_by_mail import accepted, mailed, reply, text_of
from tests.unit.services.test_same_for_all import STRANGER, statements

MEG = "meg@example.net"


@pytest.fixture
def group(world: World) -> MailingList:
    made = create_list(world.kit, "group@example.org")
    people = [Newcomer(ANN, "Quiet Otter"), Newcomer(MEG, "Warm Lantern", role=Role.MODERATOR)]
    list(add_members(world.kit, made.address, people))
    return made


def forged(
    world: World, group: MailingList, number: int, sender: str = ANN, more: str = ""
) -> object:
    raw = plain(
        f"Number {number}", f"Text {number}. {more}", sender, message_id=f"<{number}@example.net>"
    )
    return receive_post(world.kit, ToList(group.id), Envelope(sender), raw)


def test_only_the_address_itself_is_asked_and_once_a_day(world: World, group: MailingList) -> None:
    for number in (1, 2):
        assert isinstance(forged(world, group, number), Hold)
    mails = mailed(world)
    assert set(mails) == {ANN}
    (question,) = mails[ANN]
    assert "Number 1" in text_of(question)
    assert list(held_posts(world.kit, group.address)) == []


def test_one_yes_lets_all_of_them_go_on(world: World, group: MailingList) -> None:
    for number in (1, 2):
        forged(world, group, number)
    reply(world, group, mailed(world)[ANN][0], ANN, "")
    assert accepted(world) == [1, 2]


def test_after_the_yes_the_other_rules_decide(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"moderate": "all"})
    forged(world, group, 1)
    reply(world, group, mailed(world)[ANN][0], ANN, "yes")
    assert [one.reason for one in held_posts(world.kit, group.address)] == ["moderated"]
    assert set(mailed(world)) == {ANN, MEG}


def test_an_answer_to_a_whole_digest_comes_back_after_the_yes(
    world: World, group: MailingList
) -> None:
    subject = "Re: Evenings Digest, Vol 1, Issue 7"
    raw = plain(subject, "Me too.", ANN, message_id="<1@example.net>")
    assert isinstance(receive_post(world.kit, ToList(group.id), Envelope(ANN), raw), Hold)
    reply(world, group, mailed(world)[ANN][0], ANN, "yes")
    (returned,) = mailed(world)[ANN]
    assert "You answered a whole digest." in text_of(returned) and "Me too." in text_of(returned)
    assert accepted(world) == []


def test_a_refusal_after_the_yes_gives_the_text_back(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"on_too_large": "reject", "largest_post": "1"})
    forged(world, group, 1, more="Words. " * 300)
    reply(world, group, mailed(world)[ANN][0], ANN, "yes")
    returned = text_of(mailed(world)[ANN][0])
    assert "larger than 1 kilobytes" in returned and "Text 1." in returned
    assert accepted(world) == []


def test_nothing_goes_on_without_a_yes_and_it_is_asked_again_the_next_day(
    world: World, group: MailingList
) -> None:
    for number in (1, 2):
        forged(world, group, number)
    mailed(world)
    sweep(world.kit)
    assert mailed(world) == {}
    world.clock.go(days=1, minutes=1)
    sweep(world.kit)
    (question,) = mailed(world)[ANN]
    assert "Number 2" in text_of(question)
    world.clock.go(days=1, minutes=1)
    sweep(world.kit)
    assert mailed(world) == {}
    world.clock.go(days=15)
    sweep(world.kit)
    (end,) = mailed(world)[ANN]
    assert "Number 1" in text_of(end) and "Text 1." not in text_of(end)
    assert "what else waited" in text_of(end)
    assert accepted(world) == []


def test_a_stranger_costs_the_same_and_hears_nothing(world: World, group: MailingList) -> None:
    counts = {}
    for number, sender in enumerate(("warm@example.net", ANN, STRANGER)):
        with statements(world.kit.database.engine) as seen:
            forged(world, group, number, sender)
        counts[sender] = sorted(seen)
    mailed_to = set(mailed(world))
    assert mailed_to == {ANN}
    # What was done for nobody is taken back: deletions, after all is done.
    without = [word for word in counts[STRANGER] if word != "DELETE"]
    assert abs(len(without) - len(counts[ANN])) <= 3


def test_where_a_moderator_is_to_look_they_are_told(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"sender_proof": "hold"})
    forged(world, group, 1)
    assert set(mailed(world)) == {MEG}
    assert [one.reason for one in held_posts(world.kit, group.address)] == ["unproven"]
