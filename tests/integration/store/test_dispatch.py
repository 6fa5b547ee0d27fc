"""Claims, leases and outcomes, on both databases."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Table, select

from listserv.domain.anonymous_message import AnonymousMessage
from listserv.domain.delivery import LEASE, MOST_STRIKES, DeliveryState, Next
from listserv.domain.post import NewPost, Post, Undelivered
from listserv.services.add_members import Newcomer, add_members
from listserv.services.create_list import create_list
from listserv.services.lease import CLOCKS_APART, Lease
from listserv.store import deliveries, dispatch, posts
from listserv.store.dispatch import Rows
from listserv.store.tables import DeliveryRow
from tests.fakes import World

SENT = Next(DeliveryState.SENT, None)


def with_copies(world: World, number: int) -> Post:
    """A post with that many copies to send."""
    kit, now = world.kit, world.clock.now()
    made = create_list(kit, "group@example.org")
    people = [Newcomer(f"m{i}@example.net") for i in range(number)]
    assert all(added.new for added in add_members(kit, made.address, people))
    with kit.database.transaction() as tx:
        new = NewPost(
            made.id,
            None,
            "Quiet Otter",
            AnonymousMessage("Hello", "Hi"),
            (),
            "<a@b>",
            (),
            None,
            now,
            "<a@b>",
        )
        post = posts.add(tx, new, accepted_at=now)
        assert (
            deliveries.make(tx, Undelivered(post.id, post.list_id, post.author_id), now) == number
        )
    return post


def claim(world: World, post: Post, lease: str, limit: int = 100) -> list[int]:
    with world.kit.database.transaction() as tx:
        now = world.clock.now()
        return [copy.id for copy in deliveries.claim(tx, post.list_id, lease, now, limit)]


def counts(world: World) -> dict[str, int]:
    with world.kit.database.reading() as tx:
        return dict(Counter(tx.session.scalars(select(DeliveryRow.state))))


def test_two_claims_never_share_a_copy(any_world: World) -> None:
    post = with_copies(any_world, 5)
    first, second = claim(any_world, post, "a", 3), claim(any_world, post, "b", 3)
    assert len(first) == 3 and len(second) == 2
    assert not set(first) & set(second)


def test_many_at_once_claim_everything_once(any_world: World) -> None:
    post = with_copies(any_world, 120)
    with ThreadPoolExecutor(6) as threads:
        taken = list(threads.map(lambda n: claim(any_world, post, f"w{n}", 20), range(12)))
    ids = [one for some in taken for one in some]
    assert len(ids) == len(set(ids))
    ids += claim(any_world, post, "last", 200)
    assert len(set(ids)) == 120


def test_a_lease_that_ran_out_is_free_again(any_world: World) -> None:
    post = with_copies(any_world, 2)
    assert len(claim(any_world, post, "a")) == 2
    assert claim(any_world, post, "b") == []
    any_world.clock.go(seconds=LEASE.total_seconds() + 1)
    assert len(claim(any_world, post, "b")) == 2


def test_machines_whose_clocks_are_seconds_apart_never_share_a_copy(any_world: World) -> None:
    post = with_copies(any_world, 1)
    lease = Lease(any_world.kit, DeliveryRow)
    assert len(claim(any_world, post, lease.name)) == 1
    any_world.clock.go(seconds=LEASE.total_seconds() - CLOCKS_APART - 1)
    assert lease.held()  # it may be sending at this very moment
    ahead = any_world.clock.now() + timedelta(seconds=CLOCKS_APART)
    with any_world.kit.database.transaction() as tx:
        assert deliveries.claim(tx, post.list_id, "b", ahead, 10) == []
    any_world.clock.go(seconds=2)
    assert not lease.held()


def test_a_renewed_lease_is_not(any_world: World) -> None:
    post = with_copies(any_world, 1)
    claim(any_world, post, "a")
    any_world.clock.go(seconds=40)
    with any_world.kit.database.transaction() as tx:
        dispatch.renew(tx, DeliveryRow, "a", any_world.clock.now())
    any_world.clock.go(seconds=40)
    assert claim(any_world, post, "b") == []


def test_what_was_sent_is_recorded_whoever_has_the_lease_now(any_world: World) -> None:
    post = with_copies(any_world, 1)
    (copy,) = claim(any_world, post, "a")
    any_world.clock.go(seconds=61)
    claim(any_world, post, "b")
    with any_world.kit.database.transaction() as tx:
        dispatch.record(tx, DeliveryRow, {copy: SENT}, "a")
    assert counts(any_world) == {"sent": 1}


def test_anything_else_is_recorded_only_with_the_lease(any_world: World) -> None:
    post = with_copies(any_world, 1)
    (copy,) = claim(any_world, post, "a")
    any_world.clock.go(seconds=61)
    claim(any_world, post, "b")
    with any_world.kit.database.transaction() as tx:
        failed = Next(DeliveryState.FAILED, None, "550")
        dispatch.record(tx, DeliveryRow, {copy: failed}, "a")
    assert counts(any_world) == {"pending": 1}


def test_a_copy_that_kills_its_worker_every_time_is_parked(any_world: World) -> None:
    post = with_copies(any_world, 1)
    for _ in range(MOST_STRIKES):
        assert len(claim(any_world, post, "a")) == 1
        any_world.clock.go(seconds=61)
    assert claim(any_world, post, "a") == []
    with any_world.kit.database.transaction() as tx:
        assert dispatch.park(tx, DeliveryRow, any_world.clock.now()) == 1
    assert counts(any_world) == {"parked": 1}
    with any_world.kit.database.transaction() as tx:
        assert dispatch.unpark(tx, DeliveryRow, any_world.clock.now()) == 1
    assert len(claim(any_world, post, "a")) == 1


def test_handing_back_does_not_count_as_a_try(any_world: World) -> None:
    post = with_copies(any_world, 1)
    ids = claim(any_world, post, "a")
    with any_world.kit.database.transaction() as tx:
        dispatch.give_back(tx, DeliveryRow, "a", ids)
    with any_world.kit.database.transaction() as tx:
        (copy,) = deliveries.claim(tx, post.list_id, "b", any_world.clock.now(), 10)
    assert copy.attempts == 1


def test_only_what_is_still_ours_is_handed_back(any_world: World) -> None:
    post = with_copies(any_world, 2)
    first, second = claim(any_world, post, "a")
    any_world.clock.go(seconds=61)
    assert claim(any_world, post, "b", 1) == [first]
    with any_world.kit.database.transaction() as tx:
        dispatch.give_back(tx, DeliveryRow, "a", [first, second])
    assert claim(any_world, post, "c") == [second]


@pytest.mark.parametrize("rows", dispatch.ALL_ROWS)
def test_a_claim_changes_no_column_that_an_index_has(rows: Rows) -> None:
    """Or PostgreSQL writes every index of the table for it."""
    table = rows.__table__
    assert isinstance(table, Table) and table.indexes
    indexed = {column.name for index in table.indexes for column in index.columns}
    assert indexed.isdisjoint({"lease", "lease_until", "attempts", "strikes"})


def test_a_dead_workers_leases_are_freed_by_its_name(any_world: World) -> None:
    post = with_copies(any_world, 2)
    claim(any_world, post, "host:1/x", 1)
    claim(any_world, post, "host:10/y", 1)
    with any_world.kit.database.transaction() as tx:
        dispatch.release(tx, DeliveryRow, "host:1")
    assert len(claim(any_world, post, "z")) == 1


def test_making_copies_leaves_out_who_joined_later(any_world: World) -> None:
    post = with_copies(any_world, 1)
    any_world.clock.go(minutes=1)
    list(add_members(any_world.kit, "group@example.org", [Newcomer("late@example.net")]))
    assert counts(any_world) == {"pending": 1}
    assert post.id
