"""From mail that comes back to a subscription that gets no more of it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select, text

from listserv.adapters.vault import AesVault
from listserv.domain.decision import Discard, Reject
from listserv.domain.delivery import Failed
from listserv.domain.list_settings import ListSettings
from listserv.domain.mailing_list import MailingList
from listserv.domain.return_path import day_of
from listserv.domain.routing import Command, ToCommand
from listserv.domain.subscription import SubscriptionState
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.change_member import change_member
from listserv.services.count_bounce import count_refusals
from listserv.services.create_list import create_list
from listserv.services.deliver_notices import deliver_notices
from listserv.services.receive_bounce import receive_bounce
from listserv.services.remove_member import remove_member
from listserv.store import bounces, subscriptions
from listserv.store.tables import BounceRow
from tests.fakes import World
from tests.unit.mail.test_bounce_report import mail, report

DORA = "dora@example.net"
HARD = report("Action: failed", "Status: 5.1.1")
SOFT = report("Action: failed", "Status: 5.2.2")
AWAY = mail("I am away.", "Auto-Submitted: auto-replied")
LIMIT = ListSettings().bounce_days or 0


@pytest.fixture
def group(any_world: World) -> MailingList:
    made = create_list(any_world.kit, "group@example.org")
    list(add_members(any_world.kit, made.address, [Newcomer(DORA, handle="Quiet Otter")]))
    return made


def come_back(world: World, raw: bytes, days_ago: int = 0, subscription: int = 1) -> object:
    """A copy that went out then comes back now."""
    day = day_of(world.clock.now()) - days_ago
    token = world.kit.tokens.return_paths([subscription], day)[0]
    return receive_bounce(world.kit, ToCommand(1, Command.BOUNCES, token), raw)


def state(world: World, subscription: int = 1) -> SubscriptionState:
    with world.kit.database.reading() as tx:
        found = subscriptions.get(tx, subscription)
    assert found
    return found.state


def days_with_bounces(world: World) -> list[tuple[int, int, int]]:
    """subscription, hard and soft of each day."""
    with world.kit.database.reading() as tx:
        rows = tx.session.scalars(select(BounceRow).order_by(BounceRow.day))
        return [(row.subscription_id, row.hard, row.soft) for row in rows]


def test_bounces_are_counted_by_kind_and_day(any_world: World, group: MailingList) -> None:
    for raw, days_ago in ((HARD, 0), (HARD, 0), (SOFT, 0), (SOFT, 1)):
        assert isinstance(come_back(any_world, raw, days_ago), Discard)
    assert days_with_bounces(any_world) == [(1, 0, 1), (1, 2, 1)]


def test_nothing_of_the_report_is_kept(any_world: World, group: MailingList) -> None:
    come_back(any_world, HARD)
    with any_world.kit.database.reading() as tx:
        kept = tx.session.execute(text("SELECT * FROM bounces")).all()
    assert all(isinstance(value, int) for row in kept for value in row)


def test_enough_days_suspend_and_one_mail_says_so(any_world: World, group: MailingList) -> None:
    for days_ago in range(LIMIT - 1):
        come_back(any_world, HARD, days_ago)
    assert state(any_world) is SubscriptionState.ACTIVE
    come_back(any_world, HARD, LIMIT)
    assert state(any_world) is SubscriptionState.SUSPENDED
    come_back(any_world, HARD, LIMIT + 1)
    deliver_notices(any_world.kit)
    (probe,) = any_world.relay.taken
    assert probe.recipient == DORA
    assert probe.return_path == ""  # so that its own bounce comes back to nobody
    words = probe.content.decode()
    assert "Quiet Otter" in words and "resume" in words and "/me" in words
    assert "From: Group <group-request@example.org>" in words.replace('"', "")


def test_one_bad_day_never_suspends(any_world: World, group: MailingList) -> None:
    change_list(any_world.kit, group.address, {"bounce_days": "2"})
    for _ in range(50):
        come_back(any_world, HARD)
    assert state(any_world) is SubscriptionState.ACTIVE


def test_an_old_return_path_stays_one_day_however_often_it_is_used(
    any_world: World, group: MailingList
) -> None:
    change_list(any_world.kit, group.address, {"bounce_days": "2"})
    token = any_world.kit.tokens.return_paths([1], day_of(any_world.clock.now()))[0]
    for _ in range(20):
        receive_bounce(any_world.kit, ToCommand(1, Command.BOUNCES, token), HARD)
        any_world.clock.go(days=1)
    assert state(any_world) is SubscriptionState.ACTIVE


def test_holiday_answers_count_for_nothing(any_world: World, group: MailingList) -> None:
    for days_ago in range(20):
        assert isinstance(come_back(any_world, AWAY, days_ago), Discard)
    assert days_with_bounces(any_world) == []


def test_a_foreign_or_old_return_path_is_refused_and_not_counted(
    any_world: World, group: MailingList
) -> None:
    assert isinstance(come_back(any_world, HARD, days_ago=31), Reject)
    foreign = ToCommand(1, Command.BOUNCES, "a" * 26)
    assert isinstance(receive_bounce(any_world.kit, foreign, HARD), Reject)
    assert isinstance(come_back(any_world, HARD, subscription=77), Discard)  # long gone
    assert days_with_bounces(any_world) == []


def test_a_list_may_count_nothing(any_world: World, group: MailingList) -> None:
    change_list(any_world.kit, group.address, {"bounce_days": "none"})
    for days_ago in range(20):
        come_back(any_world, HARD, days_ago)
    assert state(any_world) is SubscriptionState.ACTIVE


def test_who_comes_back_begins_anew(any_world: World, group: MailingList) -> None:
    for days_ago in range(LIMIT):
        come_back(any_world, HARD, days_ago)
    change_member(any_world.kit, group.address, DORA, {"state": "active"})
    come_back(any_world, HARD)
    assert state(any_world) is SubscriptionState.ACTIVE


def test_who_has_left_is_not_counted(any_world: World, group: MailingList) -> None:
    remove_member(any_world.kit, group.address, DORA)
    for days_ago in range(LIMIT):
        come_back(any_world, HARD, days_ago)
    assert state(any_world) is SubscriptionState.LEFT
    assert deliver_notices(any_world.kit) == 0


def test_refusals_by_the_relay_count_for_the_day(any_world: World, group: MailingList) -> None:
    for _ in range(LIMIT):
        assert state(any_world) is SubscriptionState.ACTIVE
        count_refusals(any_world.kit, {1: "550"})
        any_world.clock.go(days=1)
    assert state(any_world) is SubscriptionState.SUSPENDED


def test_a_refused_probe_changes_nothing(any_world: World, group: MailingList) -> None:
    for days_ago in range(LIMIT):
        come_back(any_world, HARD, days_ago)
    any_world.relay.answers = [Failed("550")]
    assert deliver_notices(any_world.kit) == 1
    assert deliver_notices(any_world.kit) == 0
    assert state(any_world) is SubscriptionState.SUSPENDED
    assert days_with_bounces(any_world) == []


def test_a_relay_that_refuses_everybody_suspends_nobody(
    any_world: World, group: MailingList
) -> None:
    people = [Newcomer(f"member{n}@example.net") for n in range(9)]
    list(add_members(any_world.kit, group.address, people))
    for _ in range(LIMIT * 3):
        count_refusals(any_world.kit, dict.fromkeys(range(1, 11), "554"))
        any_world.clock.go(days=1)
    assert {state(any_world, number) for number in range(1, 11)} == {SubscriptionState.ACTIVE}


def test_old_counts_are_erased(any_world: World, group: MailingList) -> None:
    come_back(any_world, HARD, days_ago=3)
    come_back(any_world, SOFT, days_ago=2)
    with any_world.kit.database.transaction() as tx:
        bounces.erase_before(tx, day_of(any_world.clock.now()) - 2)
    assert days_with_bounces(any_world) == [(1, 0, 1)]


def test_many_reports_at_once_tell_the_member_once(any_world: World, group: MailingList) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda days_ago: come_back(any_world, HARD, days_ago), range(12)))
    assert state(any_world) is SubscriptionState.SUSPENDED
    assert deliver_notices(any_world.kit) == 1


def test_without_the_key_nobody_is_suspended_unheard(any_world: World, group: MailingList) -> None:
    locked = replace(any_world.kit, vault=AesVault(lambda: ("x" * 40,)))
    for days_ago in range(LIMIT):
        day = day_of(any_world.clock.now()) - days_ago
        token = any_world.kit.tokens.return_paths([1], day)[0]
        receive_bounce(locked, ToCommand(1, Command.BOUNCES, token), HARD)
    assert state(any_world) is SubscriptionState.ACTIVE
