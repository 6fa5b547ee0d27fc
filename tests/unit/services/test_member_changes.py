"""What members change, by mail and on pages: proof, pauses, handles, leaving and coming back."""

from datetime import date

import pytest

from listserv.domain.errors import NotFound, Refused
from listserv.domain.language import Language
from listserv.domain.mailing_list import MailingList
from listserv.domain.request import (
    Change,
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
from listserv.domain.subscription import DeliveryMode, Subscription, SubscriptionState
from listserv.services.add_members import Newcomer, add_members
from listserv.services.ask_change import ask_change
from listserv.services.ban_member import ban_member
from listserv.services.change_list import change_list
from listserv.services.change_person import change_person
from listserv.services.change_subscription import change_subscription
from listserv.services.confirm import ask_again, confirm, peek
from listserv.services.create_list import create_list
from listserv.services.deliver_notices import deliver_notices
from listserv.services.end_pauses import end_pauses
from listserv.services.leave_by_token import leave_by_token
from listserv.services.remove_member import remove_member
from listserv.services.show_me import groups_of, person
from listserv.store import members, subscriptions
from tests.fakes import World
from tests.unit.services.mail_samples import ANN


@pytest.fixture
def group(world: World) -> MailingList:
    return create_list(world.kit, "group@example.org")


@pytest.fixture
def ann(world: World, group: MailingList) -> Subscription:
    list(add_members(world.kit, group.address, [Newcomer(ANN, handle="Quiet Otter")]))
    return now(world, group)


def now(world: World, group: MailingList) -> Subscription:
    with world.kit.database.reading() as tx:
        return subscriptions.of_handle(tx, group.id, "Quiet Otter")


def mail(world: World) -> list[str]:
    """What was sent since the last look, decoded as far as plain words go."""
    world.relay.taken.clear()
    deliver_notices(world.kit)
    return [m.content.decode().replace("=\r\n", "") for m in world.relay.taken]


def token_in(content: str) -> str:
    return content.split("/confirm/")[1].split(maxsplit=1)[0]


def me(ann: Subscription) -> str:
    assert ann.member_id
    return ann.member_id


@pytest.mark.parametrize(
    ("request_", "field", "value"),
    [
        (Pause(), "state", SubscriptionState.PAUSED),
        (SetDelivery(DeliveryMode.DAILY), "delivery", DeliveryMode.DAILY),
        (SetReceipts(True), "receipts", True),
        (SetOneTime(True), "one_time", True),
        (SetHour(21), "digest_hour", 21),
    ],
)
def test_a_proven_sender_is_obeyed_and_told(
    world: World, group: MailingList, ann: Subscription, request_: Kept, field: str, value: object
) -> None:
    ask_change(world.kit, group.id, ANN, request_, proven=True)
    assert getattr(now(world, group), field) == value
    assert len(mail(world)) == 1


def test_without_proof_the_address_is_asked_first(
    world: World, group: MailingList, ann: Subscription
) -> None:
    ask_change(world.kit, group.id, ANN, Pause(date(2026, 3, 20)), proven=False)
    assert now(world, group).state is SubscriptionState.ACTIVE
    token = token_in(mail(world)[0])
    answer = confirm(world.kit, token)
    assert answer
    assert (answer.purpose, answer.state) == ("change", SubscriptionState.PAUSED)
    assert answer.request == Pause(date(2026, 3, 20))
    paused = now(world, group)
    assert paused.paused_until and paused.paused_until.isoformat() == "2026-03-20T00:00:00+00:00"
    assert "20 March 2026" in mail(world)[0]


@pytest.mark.parametrize("request_", [Pause(), Leave(), SetHandle("Green Frog"), SendData()])
def test_a_forged_sender_finds_out_nothing(
    world: World, group: MailingList, ann: Subscription, request_: Kept
) -> None:
    ask_change(world.kit, group.id, "stranger@example.com", request_, proven=False)
    assert mail(world) == []


def test_a_proven_stranger_is_told_that_this_address_is_not_in_the_group(
    world: World, group: MailingList
) -> None:
    for _ in range(9):
        ask_change(world.kit, group.id, "stranger@example.com", Pause(), proven=True)
    assert len(mail(world)) == 6  # and not more often than that


def test_forgetting_is_always_asked_first(
    world: World, group: MailingList, ann: Subscription
) -> None:
    ask_change(world.kit, group.id, ANN, ForgetMe(), proven=True)
    assert now(world, group).state is SubscriptionState.ACTIVE
    confirm(world.kit, token_in(mail(world)[0]))
    assert now(world, group).state is SubscriptionState.LEFT
    with world.kit.database.reading() as tx:
        assert members.get(tx, me(ann)) is None
    assert len(mail(world)) == 1


def test_a_pause_ends_by_itself_and_once(
    world: World, group: MailingList, ann: Subscription
) -> None:
    change_person(world.kit, me(ann), SetTimeZone("America/New_York"))
    change_subscription(world.kit, me(ann), ann.id, Pause(date(2026, 3, 3)))
    assert len(mail(world)) == 1
    world.clock.go(hours=40)  # 4:00 in UTC on the third, still the second in New York
    end_pauses(world.kit)
    assert now(world, group).state is SubscriptionState.PAUSED
    world.clock.go(hours=1, minutes=1)
    end_pauses(world.kit)
    end_pauses(world.kit)
    assert now(world, group).state is SubscriptionState.ACTIVE
    assert now(world, group).paused_until is None
    assert len(mail(world)) == 1


@pytest.mark.parametrize("until", [date(2026, 2, 27), date(2026, 3, 1), date(2027, 4, 1)])
def test_a_pause_ends_within_a_year_from_now(world: World, ann: Subscription, until: date) -> None:
    with pytest.raises(Refused, match="within a year"):
        change_subscription(world.kit, me(ann), ann.id, Pause(until))


def test_what_cannot_be_done_is_explained_by_mail(
    world: World, group: MailingList, ann: Subscription
) -> None:
    list(add_members(world.kit, group.address, [Newcomer("b@example.net", handle="Green Frog")]))
    ask_change(world.kit, group.id, ANN, SetHandle("Green  Fr0g"), proven=True)
    assert "in use in this group" in " ".join(mail(world)[0].split())
    assert now(world, group).handle == "Quiet Otter"


def test_a_handle_may_change_its_spelling_or_be_drawn_anew(
    world: World, group: MailingList, ann: Subscription
) -> None:
    assert change_subscription(world.kit, me(ann), ann.id, SetHandle("quiet otter")).handle == (
        "quiet otter"
    )
    drawn = change_subscription(world.kit, me(ann), ann.id, SetHandle("")).handle
    assert drawn.lower() != "quiet otter"


@pytest.mark.parametrize("change", [Pause(), Leave(), SetHandle("")])
def test_nobody_changes_what_is_not_theirs(
    world: World, group: MailingList, ann: Subscription, change: Change
) -> None:
    list(add_members(world.kit, group.address, [Newcomer("b@example.net", handle="Green Frog")]))
    with world.kit.database.reading() as tx:
        other = subscriptions.of_handle(tx, group.id, "Green Frog")
    with pytest.raises(NotFound):
        change_subscription(world.kit, me(other), ann.id, change)
    assert now(world, group) == ann


def test_one_click_leaves_once_and_a_reply_undoes_it(
    world: World, group: MailingList, ann: Subscription
) -> None:
    change_subscription(world.kit, me(ann), ann.id, SetDelivery(DeliveryMode.WEEKLY))
    token = world.kit.tokens.unsubscribe(ann.id)
    assert leave_by_token(world.kit, token) == leave_by_token(world.kit, token) == group
    goodbyes = mail(world)
    assert len(goodbyes) == 1
    answer = confirm(world.kit, token_in_reply_to(goodbyes[0]))
    assert answer and answer.purpose == "undo"
    back = now(world, group)
    assert (back.state, back.delivery) == (SubscriptionState.ACTIVE, DeliveryMode.WEEKLY)
    assert back.id == ann.id
    assert "Quiet Otter" in mail(world)[0]


def test_no_reply_brings_back_who_was_banned_meanwhile(
    world: World, group: MailingList, ann: Subscription
) -> None:
    leave_by_token(world.kit, world.kit.tokens.unsubscribe(ann.id))
    token = token_in_reply_to(mail(world)[0])
    ban_member(world.kit, group.address, ANN)
    answer = confirm(world.kit, token)
    assert answer and answer.state is SubscriptionState.LEFT
    with world.kit.database.reading() as tx:
        assert members.find(tx, world.kit.vault.lookups(ANN)) is None


def test_the_undo_runs_out(world: World, group: MailingList, ann: Subscription) -> None:
    leave_by_token(world.kit, world.kit.tokens.unsubscribe(ann.id))
    token = token_in_reply_to(mail(world)[0])
    world.clock.go(days=3, seconds=1)
    assert confirm(world.kit, token) is None


def test_who_left_and_joined_anew_keeps_the_new_handle(
    world: World, group: MailingList, ann: Subscription
) -> None:
    leave_by_token(world.kit, world.kit.tokens.unsubscribe(ann.id))
    token = token_in_reply_to(mail(world)[0])
    list(add_members(world.kit, group.address, [Newcomer(ANN, handle="Green Frog")]))
    answer = confirm(world.kit, token)
    assert answer and answer.state is SubscriptionState.ACTIVE
    assert "Green Frog" in mail(world)[0]
    assert now(world, group).state is SubscriptionState.LEFT


def token_in_reply_to(content: str) -> str:
    line = next(x for x in content.split("\r\n") if x.startswith("Reply-To:"))
    return line.split("-confirm+")[1].split("@")[0]


def test_a_question_says_what_it_is_and_can_be_asked_again(
    world: World, group: MailingList, ann: Subscription
) -> None:
    ask_change(world.kit, group.id, ANN, SetHour(7), proven=False)
    token = token_in(mail(world)[0])
    question = peek(world.kit, token)
    assert question and (question.purpose, question.request, question.open) == (
        "change", SetHour(7), True,
    )  # fmt: skip
    world.clock.go(days=3, seconds=1)
    question = peek(world.kit, token)
    assert question and not question.open
    assert ask_again(world.kit, token)
    assert confirm(world.kit, token) is None
    assert confirm(world.kit, token_in(mail(world)[0]))
    assert now(world, group).digest_hour == 7


def test_a_token_that_never_was_is_not_asked_again(world: World, group: MailingList) -> None:
    assert peek(world.kit, "a" * 26) is None
    assert not ask_again(world.kit, "a" * 26)


def test_language_and_zone_hold_on_all_lists(
    world: World, group: MailingList, ann: Subscription
) -> None:
    ask_change(world.kit, group.id, ANN, SetLanguage(Language.SPANISH), proven=True)
    change_person(world.kit, me(ann), SetTimeZone("europe/madrid"))
    with world.kit.database.reading() as tx:
        found = person(tx, me(ann))
    assert found and (found.language, found.time_zone) == (Language.SPANISH, "Europe/Madrid")
    with pytest.raises(Refused, match="time zone"):
        change_person(world.kit, me(ann), SetTimeZone("Europe/Atlantis"))
    change_subscription(world.kit, me(ann), ann.id, Pause())
    change_subscription(world.kit, me(ann), ann.id, Resume())


def test_all_that_a_member_is_on_in_one_place(
    world: World, group: MailingList, ann: Subscription
) -> None:
    other = create_list(world.kit, "other@example.org")
    list(add_members(world.kit, other.address, [Newcomer(ANN)]))
    with world.kit.database.reading() as tx:
        found = groups_of(tx, me(ann))
    assert [one.mailing_list.address for one in found] == [group.address, other.address]


def test_who_is_taken_off_hears_of_no_undo(world: World, group: MailingList) -> None:
    list(add_members(world.kit, group.address, [Newcomer(ANN)]))
    remove_member(world.kit, group.address, ANN, notify=True)
    told = mail(world)[-1]
    assert "You have left" in told
    assert "by mistake" not in told
    assert "group-join@example.org" in told


def test_new_members_begin_with_the_clock_of_their_list(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"time_zone": "europe/madrid"})
    list(add_members(world.kit, group.address, [Newcomer(ANN)]))
    with world.kit.database.reading() as tx:
        member = members.find(tx, world.kit.vault.lookups(ANN))
        assert member
        found = person(tx, member.member_id)
    assert found and found.time_zone == "Europe/Madrid"
