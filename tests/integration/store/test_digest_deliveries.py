"""Who may send which digest, on both databases."""

from sqlalchemy import func, select, update

from listserv.domain.mailing_list import MailingList
from listserv.services.issue_digests import issue_digests_now
from listserv.store import built_digests, digest_deliveries, dispatch, posts
from listserv.store.tables import BuiltDigestRow, DigestDeliveryRow, PostRow, SubscriptionRow
from tests.fakes import World
from tests.integration.store.test_digests import a_list, publish


def with_digests(world: World, readers: int, number: int) -> MailingList:
    """That many digests, as of people who read on at other hours, each for as many of them."""
    group = a_list(world, readers)
    for _ in range(number):
        publish(world, group)
    with world.kit.database.transaction() as tx:
        column = SubscriptionRow.id % number
        tx.session.execute(update(SubscriptionRow).values(digest_mark=column))
    assert issue_digests_now(world.kit, group.address) == readers
    return group


def claim(
    world: World, group: MailingList, lease: str, limit: int, at_hand: int | None = None
) -> list[int]:
    """Of which digest each claimed copy is."""
    now = world.clock.now()
    with world.kit.database.transaction() as tx:
        copies = digest_deliveries.claim(tx, group.id, lease, now, limit, at_hand)
    return [copy.digest_id for copy in copies]


def keep(world: World, digest_id: int) -> None:
    with world.kit.database.transaction() as tx:
        built_digests.keep(tx, digest_id, b"posts", b"sealed", world.clock.now())


def kept(world: World) -> int:
    with world.kit.database.reading() as tx:
        return tx.session.scalar(select(func.count(BuiltDigestRow.id))) or 0


def test_a_digest_that_is_not_built_is_for_one_alone(any_world: World) -> None:
    group = with_digests(any_world, 12, 2)
    (first,) = set(claim(any_world, group, "a", 2))
    (second,) = set(claim(any_world, group, "b", 2))
    assert first != second
    assert claim(any_world, group, "c", 2) == []
    assert claim(any_world, group, "c", 2, at_hand=first) == []
    assert claim(any_world, group, "a", 2, at_hand=first) == [first] * 2


def test_one_that_is_built_is_for_all(any_world: World) -> None:
    group = with_digests(any_world, 12, 2)
    (first,) = set(claim(any_world, group, "a", 2))
    keep(any_world, first)
    (second,) = set(claim(any_world, group, "b", 2))
    assert first != second
    assert claim(any_world, group, "c", 40) == [first] * 4


def test_one_that_nobody_is_at_comes_before_one_that_is_shared(any_world: World) -> None:
    group = with_digests(any_world, 12, 3)
    for number in (1, 2, 3):
        keep(any_world, number)
    assert claim(any_world, group, "a", 1) == [1]
    assert claim(any_world, group, "b", 1) == [2]
    assert claim(any_world, group, "c", 1, at_hand=1) == [1]


def test_who_gives_up_or_dies_before_it_is_built_leaves_it_to_others(any_world: World) -> None:
    group = with_digests(any_world, 4, 1)
    claim(any_world, group, "here:1/a", 2)
    with any_world.kit.database.transaction() as tx:
        copies = tx.session.scalars(select(DigestDeliveryRow.id)).all()
        dispatch.give_back(tx, DigestDeliveryRow, "here:1/a", copies)
    assert len(claim(any_world, group, "here:2/b", 2)) == 2
    with any_world.kit.database.transaction() as tx:
        dispatch.release(tx, DigestDeliveryRow, "here:2")
    assert len(claim(any_world, group, "there:1/c", 2)) == 2
    any_world.clock.go(minutes=2)
    assert len(claim(any_world, group, "there:2/d", 4)) == 4


def test_what_was_built_goes_with_a_post_that_is_in_it(any_world: World) -> None:
    group = with_digests(any_world, 2, 2)
    keep(any_world, 1)
    keep(any_world, 2)  # this one begins after the first post
    with any_world.kit.database.transaction() as tx:
        tx.session.execute(update(PostRow).where(PostRow.id == 1).values(author_id=1))
    with any_world.kit.database.transaction() as tx:
        posts.erase_of_author(tx, 1)
    assert kept(any_world) == 1
    with any_world.kit.database.transaction() as tx:
        posts.erase_before(tx, group.id, any_world.clock.now().replace(year=2099), 10)
    assert kept(any_world) == 0


def test_what_was_built_goes_once_all_have_it_or_all_have_to_wait(any_world: World) -> None:
    with_digests(any_world, 3, 3)
    now = any_world.clock.now()
    with any_world.kit.database.transaction() as tx:
        for number in (1, 2, 3):
            built_digests.keep(tx, number, b"posts", b"sealed", now)
        times = {1: None, 2: now, 3: now.replace(hour=23)}
        for number, at in times.items():
            mine = DigestDeliveryRow.digest_id == number
            tx.session.execute(update(DigestDeliveryRow).where(mine).values(attempt_at=at))
    for minutes, left in ((1, 2), (61, 1)):
        any_world.clock.go(minutes=minutes)
        with any_world.kit.database.transaction() as tx:
            built_digests.erase_finished(tx, any_world.clock.now())
        assert kept(any_world) == left
