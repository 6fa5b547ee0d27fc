"""Digests under races, on both databases."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from sqlalchemy import func, select, update

from listserv.domain.anonymous_message import AnonymousMessage
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import NewPost, Undelivered
from listserv.domain.request import Resume, SetDelivery, SetFormat, SetHour, SetTimeZone
from listserv.domain.subscription import DeliveryMode, DigestFormat, SubscriptionState
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.change_person import change_person
from listserv.services.change_subscription import change_subscription
from listserv.services.create_list import create_list
from listserv.services.issue_digests import issue_digests
from listserv.services.sweep import sweep
from listserv.store import deliveries, digest_order, posts, subscriptions
from listserv.store.tables import (
    DeliveryRow,
    DigestDeliveryRow,
    DigestRow,
    PostRow,
    SubscriptionRow,
)
from tests.fakes import World

MORNING = {"hours": 24}


def a_list(
    world: World,
    readers: int,
    delivery: DeliveryMode = DeliveryMode.DAILY,
    address: str = "group@example.org",
) -> MailingList:
    made = create_list(world.kit, address)
    people = [Newcomer(f"m{i}@example.net", delivery=delivery) for i in range(readers)]
    assert all(added.new for added in add_members(world.kit, made.address, people))
    return made


def publish(world: World, group: MailingList) -> int:
    """One more post, with its number in the order; its copies are not sent."""
    kit, now = world.kit, world.clock.now()
    message_id = f"<{kit.randomness.token()}@example.org>"
    words = AnonymousMessage("Hello", "Hi there.\n")
    with kit.database.transaction() as tx:
        new = NewPost(
            group.id, None, "Quiet Otter", words, (), message_id, (), None, now, message_id
        )
        post = posts.add(tx, new, accepted_at=now)
        number = digest_order.next_number(tx, group.id, now)
        deliveries.make(tx, Undelivered(post.id, post.list_id, post.author_id), now)
        posts.fanned_out(tx, post.id, number, now)
    return number


def windows(world: World) -> dict[int, list[tuple[int, int]]]:
    """Which posts each subscription has digests of."""
    found: dict[int, list[tuple[int, int]]] = {}
    query = select(DigestDeliveryRow.subscription_id, DigestRow.after, DigestRow.upto)
    with world.kit.database.reading() as tx:
        rows = tx.session.execute(
            query.join(DigestRow, DigestRow.id == DigestDeliveryRow.digest_id).order_by(
                DigestRow.upto
            )
        )
        for subscription_id, after, upto in rows:
            found.setdefault(subscription_id, []).append((after, upto))
    return found


def count(world: World, what: type[DigestRow] | type[DeliveryRow]) -> int:
    with world.kit.database.reading() as tx:
        return tx.session.scalar(select(func.count()).select_from(what)) or 0


def test_many_schedulers_at_once_make_one_copy_each(any_world: World) -> None:
    group = a_list(any_world, 30)
    publish(any_world, group)
    any_world.clock.go(**MORNING)
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: issue_digests(any_world.kit, group.id), range(20)))
    assert sum(made) == 30
    assert set(map(tuple, windows(any_world).values())) == {((0, 1),)}
    assert count(any_world, DigestRow) == 1


def test_posts_switches_and_schedulers_at_once_lose_and_double_nothing(any_world: World) -> None:
    """Each post is in one digest or in one copy, for each of those who switch meanwhile."""
    group = a_list(any_world, 6)
    kit = any_world.kit
    with kit.database.reading() as tx:
        people = [(s.member_id or "", s.id) for s in subscriptions.page(tx, group.id)]
    any_world.clock.go(**MORNING)

    def act(number: int) -> None:
        member_id, mine = people[number % len(people)]
        match number % 3:
            case 0:
                publish(any_world, group)
            case 1:
                issue_digests(kit, group.id)
            case _:
                mode = DeliveryMode.EACH if number % 2 else DeliveryMode.DAILY
                change_subscription(kit, member_id, mine, SetDelivery(mode))

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(act, range(60)))
    for member_id, mine in people:
        change_subscription(kit, member_id, mine, SetDelivery(DeliveryMode.EACH))
    in_digests = windows(any_world)
    for _, mine in people:
        got = Counter(n for a, u in in_digests.get(mine, []) for n in range(a + 1, u + 1))
        with kit.database.reading() as tx:
            single = select(PostRow.sequence).join(DeliveryRow, DeliveryRow.post_id == PostRow.id)
            got.update(tx.session.scalars(single.where(DeliveryRow.subscription_id == mine)))
        assert got == Counter(range(1, 21))


def test_a_post_goes_out_while_a_member_changes_something(any_world: World) -> None:
    """Else each would wait for the other: the change for the order of the list, at its end."""
    group = a_list(any_world, 1, DeliveryMode.EACH)
    kit = any_world.kit
    with ThreadPoolExecutor(1) as thread:
        with kit.database.transaction() as tx:
            (mine,) = subscriptions.page(tx, group.id)
            assert subscriptions.lock(tx, mine.id)
            going_out = thread.submit(publish, any_world, group)
            if kit.database.engine.dialect.name == "postgresql":  # the other has one writer
                assert going_out.result(20) == 1
            assert digest_order.lock(tx, group.id) in (0, 1)
        assert going_out.result(20) == 1
    assert count(any_world, DeliveryRow) == 1


def test_who_takes_a_break_while_digests_are_made_is_left_in_peace(any_world: World) -> None:
    group = a_list(any_world, 2)
    kit = any_world.kit
    publish(any_world, group)
    any_world.clock.go(**MORNING)
    with ThreadPoolExecutor(1) as thread:
        with kit.database.transaction() as tx:
            first, second = subscriptions.page(tx, group.id)
            on_a_break = replace(first, state=SubscriptionState.PAUSED)
            subscriptions.save(tx, on_a_break, kit.clock.now())
            making = thread.submit(issue_digests, kit, group.id)
            if kit.database.engine.dialect.name == "postgresql":  # the other has one writer
                assert making.result(20) == 1
        assert making.result(20) == 1
    publish(any_world, group)
    any_world.clock.go(**MORNING)
    assert issue_digests(kit, group.id) == 1
    change_subscription(kit, first.member_id or "", first.id, Resume())
    assert windows(any_world) == {first.id: [(0, 1)], second.id: [(0, 1), (1, 2)]}


def test_a_change_does_not_put_off_a_digest_that_is_due(any_world: World) -> None:
    group = a_list(any_world, 1)
    publish(any_world, group)
    any_world.clock.go(**MORNING)
    with any_world.kit.database.reading() as tx:
        (mine,) = subscriptions.page(tx, group.id)
    change_subscription(any_world.kit, mine.member_id or "", mine.id, SetHour(3))
    assert issue_digests(any_world.kit, group.id) == 1


def test_same_window_format_and_language_share_one_digest(any_world: World) -> None:
    group = a_list(any_world, 4)
    with any_world.kit.database.reading() as tx:
        first, second, *_ = subscriptions.page(tx, group.id)
    change = SetFormat(DigestFormat.PLAIN)
    change_subscription(any_world.kit, first.member_id or "", first.id, change)
    change_person(any_world.kit, second.member_id or "", SetTimeZone("Asia/Tokyo"))
    publish(any_world, group)
    any_world.clock.go(**MORNING)
    assert issue_digests(any_world.kit, group.id) == 4
    with any_world.kit.database.reading() as tx:
        rows = tx.session.scalars(select(DigestRow).order_by(DigestRow.format)).all()
    assert [row.format for row in rows] == ["plain", "reader"]
    assert {(row.volume, row.number) for row in rows} == {(1, 1)}


def test_a_digest_comes_before_its_time_once_enough_wait(any_world: World) -> None:
    group = a_list(any_world, 2)
    change_list(any_world.kit, group.address, {"digest_posts": "3"})
    for _ in range(2):
        publish(any_world, group)
    assert issue_digests(any_world.kit, group.id) == 0
    publish(any_world, group)
    any_world.queue.rung.clear()
    sweep(any_world.kit)
    assert [job.function for job in any_world.queue.rung] == ["workers.jobs.issue_digests"]
    assert issue_digests(any_world.kit, group.id) == 2
    assert issue_digests(any_world.kit, group.id) == 0


def test_a_digest_comes_before_its_time_once_enough_text_waits(any_world: World) -> None:
    group = a_list(any_world, 1)
    change_list(any_world.kit, group.address, {"digest_kb": "1"})
    for _ in range(102):
        publish(any_world, group)
    assert issue_digests(any_world.kit, group.id) == 0
    publish(any_world, group)
    assert issue_digests(any_world.kit, group.id) == 1


def test_a_time_that_a_wrong_clock_set_is_set_anew(any_world: World) -> None:
    group = a_list(any_world, 1)
    any_world.clock.go(days=4000)
    issue_digests(any_world.kit, group.id)
    any_world.clock.go(days=-4000)
    publish(any_world, group)
    any_world.clock.go(**MORNING)
    assert issue_digests(any_world.kit, group.id) == 1


def test_numbers_count_up_and_begin_anew_each_year(any_world: World) -> None:
    group = a_list(any_world, 1)
    for _ in range(2):
        publish(any_world, group)
        any_world.clock.go(**MORNING)
        issue_digests(any_world.kit, group.id)
    any_world.clock.go(days=365)
    publish(any_world, group)
    issue_digests(any_world.kit, group.id)
    with any_world.kit.database.reading() as tx:
        rows = tx.session.execute(select(DigestRow.volume, DigestRow.number).order_by(DigestRow.id))
        assert [tuple(row) for row in rows] == [(1, 1), (1, 2), (2, 1)]


def test_numbers_tell_nothing_of_who_else_reads(any_world: World) -> None:
    """The same posts, with and without somebody who reads at another hour."""
    kit = any_world.kit
    numbers = {}
    for address, readers in (("one@example.org", 1), ("two@example.org", 2)):
        group = create_list(kit, address)
        daily = [Newcomer(f"m{i}@example.net", delivery=DeliveryMode.DAILY) for i in range(readers)]
        list(add_members(kit, group.address, daily))
        with kit.database.reading() as tx:
            mine, *others = subscriptions.page(tx, group.id)
        for other in others:
            change_subscription(kit, other.member_id or "", other.id, SetHour(1))
        for _ in range(12):
            publish(any_world, group)
            any_world.clock.go(hours=7)
            issue_digests(kit, group.id)
        with kit.database.reading() as tx:
            query = select(DigestRow.number).join(DigestDeliveryRow)
            query = query.where(DigestDeliveryRow.subscription_id == mine.id)
            numbers[address] = tx.session.scalars(query.order_by(DigestRow.id)).all()
        any_world.clock.go(hours=-7 * 12)
    assert numbers["one@example.org"] == numbers["two@example.org"]
    assert len(set(numbers["one@example.org"])) == len(numbers["one@example.org"]) > 2


def test_who_asked_for_digests_before_they_existed_gets_what_comes_now(any_world: World) -> None:
    """The migration leaves their time in the past; the first look sets it right."""
    group = a_list(any_world, 1)
    with any_world.kit.database.transaction() as tx:
        tx.session.execute(update(SubscriptionRow).values(next_digest_at=any_world.clock.now()))
    assert issue_digests(any_world.kit, group.id) == 0
    publish(any_world, group)
    any_world.clock.go(**MORNING)
    assert issue_digests(any_world.kit, group.id) == 1
