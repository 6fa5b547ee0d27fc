"""Two workers and one database: each digest is built once, whoever sends it."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Event

import pytest
from sqlalchemy import select, update

from listserv.domain import jobs
from listserv.domain.delivery import RelayDown, Sent
from listserv.domain.mailing_list import MailingList
from listserv.mail import compose_digest as composing
from listserv.mail.digest_issue import Issue
from listserv.services.change_list import change_list
from listserv.services.deliver_digests import deliver_digests
from listserv.services.issue_digests import issue_digests_now
from listserv.services.kit import Kit
from listserv.services.shelf import Shelf
from listserv.services.sweep import sweep
from listserv.store import posts
from listserv.store.tables import BuiltDigestRow, DigestDeliveryRow, PostRow
from tests.fakes import World
from tests.integration.store.test_digest_deliveries import kept, with_digests
from tests.integration.store.test_digests import a_list, publish


@dataclass
class Builds:
    """How often each digest was built. hold: whoever builds waits until it is set."""

    count: Counter[int]
    begun: Event
    hold: Event

    def compose(self, issue: Issue) -> bytes:
        self.count[issue.digest.id] += 1
        self.begun.set()
        if not self.hold.wait(20):
            pytest.fail("another one builds, too")  # no service catches that
        return composing.compose_digest(issue)


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> Iterator[Builds]:
    made = Builds(Counter(), Event(), Event())
    made.hold.set()
    monkeypatch.setattr("listserv.services.write_once.compose_digest", made.compose)
    yield made
    made.hold.set()


def workers(world: World) -> tuple[Kit, Kit]:
    """As two processes: what they share is the database."""
    return replace(world.kit, lease="one", shelf=Shelf()), replace(
        world.kit, lease="two", shelf=Shelf()
    )


def unsent(world: World) -> int:
    with world.kit.database.reading() as tx:
        query = select(DigestDeliveryRow.id).where(DigestDeliveryRow.attempt_at.is_not(None))
        return len(tx.session.scalars(query).all())


def send_some(world: World, kit: Kit, group: MailingList, copies: int) -> None:
    """One slice; then the relay is away for a while."""
    world.relay.answers = [*[Sent()] * copies, RelayDown()]
    deliver_digests(kit, group.id)
    world.relay.answers = []
    world.clock.go(minutes=1)


def test_many_digests_between_two(any_world: World, builds: Builds) -> None:
    group = with_digests(any_world, 96, 24)
    kits = workers(any_world)

    def work(kit: Kit) -> None:
        while unsent(any_world):
            deliver_digests(kit, group.id)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(work, kits))
    assert builds.count == dict.fromkeys(range(1, 25), 1)
    assert Counter(m.recipient for m in any_world.relay.taken).total() == 96
    assert len({m.recipient for m in any_world.relay.taken}) == 96


def test_one_for_all_is_sent_by_both(any_world: World, builds: Builds) -> None:
    group = with_digests(any_world, 9, 1)
    one, two = workers(any_world)
    for kit in (one, two, one, two):
        before = len(any_world.relay.taken)
        send_some(any_world, kit, group, 2)
        assert len(any_world.relay.taken) == before + 2
    deliver_digests(two, group.id)
    assert unsent(any_world) == 0
    assert builds.count == {1: 1}
    assert len({m.content.partition(b"\r\n\r\n")[2] for m in any_world.relay.taken}) == 1


def test_nobody_begins_what_another_is_building(any_world: World, builds: Builds) -> None:
    """The second worker is called once the first has built it."""
    group = with_digests(any_world, 90, 1)
    one, two = workers(any_world)
    builds.hold.clear()
    with ThreadPoolExecutor(1) as thread:
        sending = thread.submit(deliver_digests, one, group.id)
        assert builds.begun.wait(20)
        any_world.queue.rung.clear()
        assert deliver_digests(two, group.id) == 0
        assert any_world.queue.rung == []
        builds.hold.set()
        assert sending.result(20) == 90
    assert any_world.queue.rung[0] == jobs.deliver_digests(group.id)
    assert builds.count == {1: 1}


def test_a_digest_of_another_list_between_two_slices_changes_nothing(
    any_world: World, builds: Builds
) -> None:
    group = with_digests(any_world, 4, 1)
    (mine, _) = workers(any_world)
    send_some(any_world, mine, group, 1)
    other = a_list(any_world, 1, address="other@example.org")
    publish(any_world, other)
    assert issue_digests_now(any_world.kit, other.address) == 1
    deliver_digests(mine, other.id)
    deliver_digests(mine, group.id)
    assert unsent(any_world) == 0
    assert builds.count == {1: 1, 2: 1}


def test_a_worker_that_starts_anew_goes_on_with_what_was_built(
    any_world: World, builds: Builds
) -> None:
    group = with_digests(any_world, 4, 1)
    one, _ = workers(any_world)
    send_some(any_world, one, group, 1)
    deliver_digests(replace(one, shelf=Shelf()), group.id)
    assert unsent(any_world) == 0
    assert builds.count == {1: 1}


def test_what_is_damaged_is_built_again(any_world: World, builds: Builds) -> None:
    group = with_digests(any_world, 4, 1)
    one, two = workers(any_world)
    send_some(any_world, one, group, 1)
    with any_world.kit.database.transaction() as tx:
        tx.session.execute(update(BuiltDigestRow).values(sealed_content=b"damaged"))
    send_some(any_world, two, group, 1)
    deliver_digests(replace(two, shelf=Shelf()), group.id)
    assert unsent(any_world) == 0
    assert builds.count == {1: 2}


def test_what_is_kept_is_sealed_and_gone_when_all_have_it(any_world: World) -> None:
    group = with_digests(any_world, 4, 1)
    one, two = workers(any_world)
    send_some(any_world, one, group, 1)
    with any_world.kit.database.reading() as tx:
        (row,) = tx.session.scalars(select(BuiltDigestRow)).all()
    assert b"Hi there." in any_world.relay.taken[0].content
    assert b"Hi there." not in row.sealed_content and b"Digest" not in row.sealed_content
    deliver_digests(two, group.id)
    sweep(any_world.kit)
    assert kept(any_world) == 0


def test_a_post_that_is_erased_between_two_copies_is_in_no_other(
    any_world: World, builds: Builds
) -> None:
    """Neither in what the first worker has at hand, nor in what is kept for the second."""
    group = a_list(any_world, 3)
    for _ in range(2):
        publish(any_world, group)
    issue_digests_now(any_world.kit, group.address)
    one, two = workers(any_world)
    send_some(any_world, one, group, 1)
    with any_world.kit.database.transaction() as tx:
        tx.session.execute(update(PostRow).where(PostRow.id == 1).values(author_id=1))
        posts.erase_of_author(tx, 1)
    assert kept(any_world) == 0
    send_some(any_world, two, group, 1)
    deliver_digests(one, group.id)
    first, *later = [m.content.count(b"Hi there.") for m in any_world.relay.taken]
    assert later == [first // 2] * 2
    assert builds.count == {1: 2}


def test_what_an_owner_changes_meanwhile_is_in_the_next_copies(
    any_world: World, builds: Builds
) -> None:
    group = with_digests(any_world, 3, 1)
    one, two = workers(any_world)
    send_some(any_world, one, group, 1)
    change_list(any_world.kit, group.address, {"outer_name": "Friends"})
    send_some(any_world, two, group, 1)
    deliver_digests(one, group.id)
    assert [b"Friends" in m.content for m in any_world.relay.taken] == [False, True, True]
    assert builds.count == {1: 2}
