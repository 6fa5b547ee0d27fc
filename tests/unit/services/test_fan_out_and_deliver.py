"""From an accepted post to its copies."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes
from typing import Any, TypeVar

import pytest
from sqlalchemy import select, text

from listserv.domain import jobs
from listserv.domain.decision import Accept
from listserv.domain.delivery import ClaimedCopy, Deferred, Failed, NotTried, Outcome, RelayDown
from listserv.domain.dkim import DkimAlgorithm
from listserv.domain.errors import Unavailable
from listserv.domain.mailing_list import MailingList
from listserv.domain.ports import OutboundMessage
from listserv.domain.post import Undelivered
from listserv.domain.routing import ToList
from listserv.services.add_members import Newcomer, add_members
from listserv.services.address_copy import CopyWriter
from listserv.services.change_list import change_list
from listserv.services.change_member import change_member
from listserv.services.create_dkim_keys import create_dkim_keys
from listserv.services.create_list import create_list
from listserv.services.deliver import deliver
from listserv.services.fan_out import fan_out
from listserv.services.leave_by_token import leave_by_token
from listserv.services.receive_post import receive_post
from listserv.services.release_parked import release_parked
from listserv.services.remove_member import remove_member
from listserv.services.status import status
from listserv.services.sweep import sweep
from listserv.store import deliveries, dkim_keys
from listserv.store.tables import DeliveryRow
from listserv.store.transaction import Transaction
from tests.fakes import FakeRelay, World
from tests.unit.services.mail_samples import ANN, from_ann, plain

T = TypeVar("T")
OTHERS = ["ben@example.net", "cem@example.net"]


@pytest.fixture
def group(world: World) -> MailingList:
    made = create_list(world.kit, "group@example.org")
    list(add_members(world.kit, made.address, [Newcomer(e) for e in (ANN, *OTHERS)]))
    return change_list(world.kit, made.address, {"sender_proof": "off"})


def post(world: World, group: MailingList, *answers: Outcome) -> int:
    """A post goes out; answers: what the relay says of the first copies. How many there are."""
    assert receive_post(world.kit, ToList(group.id), from_ann(), plain()) == Accept()
    world.relay.answers = list(answers)
    return fan_out(world.kit)


def states(world: World) -> dict[str, int]:
    return {k: v for k, v in status(world.kit).deliveries.items() if v}


def deliveries_kept(world: World) -> int:
    with world.kit.database.reading() as tx:
        return len(tx.session.scalars(select(DeliveryRow.id)).all())


def test_everyone_gets_one_copy(world: World, group: MailingList) -> None:
    assert post(world, group) == 3
    assert deliver(world.kit, group.id) == 0
    assert sorted(m.recipient for m in world.relay.taken) == sorted([ANN, *OTHERS])
    assert states(world) == {"sent": 3}


def test_fanning_out_twice_makes_no_second_copy(world: World, group: MailingList) -> None:
    post(world, group)
    assert fan_out(world.kit) == 0
    deliver(world.kit, group.id)
    deliver(world.kit, group.id)
    assert len(world.relay.taken) == 3


def test_only_the_author_reads_what_was_taken_out(world: World, group: MailingList) -> None:
    post(world, group)
    deliver(world.kit, group.id)
    with_line = [
        m.recipient
        for m in world.relay.taken
        if "Nothing was taken out" in str(message_from_bytes(m.content).get_payload())
    ]
    assert with_line == [ANN]


def test_each_return_path_is_another_one(world: World, group: MailingList) -> None:
    post(world, group)
    deliver(world.kit, group.id)
    paths = {m.return_path for m in world.relay.taken}
    assert len(paths) == 3
    assert all(p.startswith("group-bounces+") and p.endswith("@example.org") for p in paths)


def test_the_link_in_a_copy_ends_that_subscription(world: World, group: MailingList) -> None:
    post(world, group)
    deliver(world.kit, group.id)
    copy = next(m for m in world.relay.taken if m.recipient == OTHERS[0])
    links = str(message_from_bytes(copy.content)["List-Unsubscribe"])
    token = links.partition("/unsubscribe/")[2].partition(">")[0]
    assert f"group-leave+{token}@example.org" in links
    assert leave_by_token(world.kit, token) == group
    assert leave_by_token(world.kit, token) == group  # again says the same
    receive_post(world.kit, ToList(group.id), from_ann(), plain(message_id="<2@x>"))
    assert fan_out(world.kit) == 2
    world.clock.go(days=61)
    assert leave_by_token(world.kit, token) is None


def test_copies_are_signed_once_the_domain_has_a_key(world: World, group: MailingList) -> None:
    selectors = {DkimAlgorithm.RSA: "one", DkimAlgorithm.ED25519: "two"}
    create_dkim_keys(world.kit, "example.org", selectors)
    post(world, group)
    for copy in world.relay.taken:
        signatures = message_from_bytes(copy.content).get_all("DKIM-Signature", [])
        assert [word for one in signatures for word in one.split() if word[:2] == "s="] == [
            "s=one;",
            "s=two;",
        ]


def test_a_key_that_cannot_be_opened_parks_the_copies(world: World, group: MailingList) -> None:
    create_dkim_keys(world.kit, "example.org", {DkimAlgorithm.ED25519: "one"})
    with world.kit.database.transaction() as tx:
        (key,) = dkim_keys.of_domain(tx, "example.org")
        dkim_keys.remove(tx, key.domain, key.selector)
        dkim_keys.add(tx, replace(key, sealed=key.sealed[:-1]), world.clock.now())
    post(world, group)
    assert states(world) == {"parked": 3}
    assert world.relay.taken == []


def test_who_leaves_before_the_copy_is_sent_gets_none(world: World, group: MailingList) -> None:
    post(world, group, RelayDown())
    remove_member(world.kit, group.address, OTHERS[0])
    world.clock.go(minutes=1)
    deliver(world.kit, group.id)
    assert OTHERS[0] not in [m.recipient for m in world.relay.taken]
    assert len(world.relay.taken) == 2


@pytest.mark.parametrize("mode", ["daily", "weekly", "none"])
def test_digest_and_none_get_no_copy(world: World, group: MailingList, mode: str) -> None:
    change_member(world.kit, group.address, OTHERS[0], {"delivery": mode})
    assert post(world, group) == 2


def test_a_pause_means_no_copy(world: World, group: MailingList) -> None:
    change_member(world.kit, group.address, OTHERS[0], {"state": "paused"})
    assert post(world, group) == 2


def test_a_refused_copy_stays_refused_and_the_others_go_out(
    world: World, group: MailingList
) -> None:
    post(world, group, Failed("550"))
    assert states(world) == {"sent": 2, "failed": 1}


def test_a_deferred_copy_comes_later_by_the_sweep(world: World, group: MailingList) -> None:
    post(world, group, Deferred("451"))
    assert states(world) == {"sent": 2, "deferred": 1}
    world.queue.rung.clear()
    sweep(world.kit)
    assert world.queue.rung == []
    world.clock.go(minutes=2)
    sweep(world.kit)
    assert world.queue.rung == [jobs.deliver(group.id)]
    deliver(world.kit, group.id)
    assert states(world) == {"sent": 3}


def test_a_relay_that_is_down_stops_the_slice_and_costs_nothing(
    world: World, group: MailingList
) -> None:
    post(world, group, RelayDown())
    assert world.relay.taken == []
    assert states(world) == {"pending": 3}
    world.clock.go(minutes=1)
    deliver(world.kit, group.id)
    assert states(world) == {"sent": 3}


def test_the_sweep_rings_for_a_fan_out_whose_bell_was_lost(
    world: World, group: MailingList
) -> None:
    receive_post(world.kit, ToList(group.id), from_ann(), plain())
    world.queue.rung.clear()
    sweep(world.kit)
    assert world.queue.rung == [jobs.fan_out()]


def test_while_redis_is_down_the_sweep_rings_for_nothing(world: World, group: MailingList) -> None:
    receive_post(world.kit, ToList(group.id), from_ann(), plain())
    world.queue.rung.clear()
    world.queue.up = False
    sweep(world.kit)
    assert world.queue.rung == []


def test_posts_are_erased_when_the_list_wants_it(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"keep_posts": "7"})
    post(world, group)
    world.clock.go(days=6)
    sweep(world.kit)
    assert deliveries_kept(world) == 3
    world.clock.go(days=2)
    sweep(world.kit)
    assert deliveries_kept(world) == 0
    assert states(world) == {"sent": 3}  # that they went out stays true


def test_posts_are_kept_for_ever_when_the_list_wants_that(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"keep_posts": "forever"})
    post(world, group)
    world.clock.go(days=4000)
    sweep(world.kit)
    assert states(world) == {"sent": 3}


def test_copies_on_their_way_from_two_claims_go_again_when_the_connection_breaks(
    world: World, group: MailingList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CopyWriter, "at_once", 2)
    relay = BreakingRelay()
    kit = replace(world.kit, relay=relay)
    assert receive_post(kit, ToList(group.id), from_ann(), plain()) == Accept()
    fan_out(kit)
    assert sorted(m.recipient for m in relay.taken) == sorted([ANN, *OTHERS])
    assert len({m.return_path for m in relay.taken}) == 3
    assert states(world) == {"sent": 3}


class BreakingRelay(FakeRelay):
    """Has asked for three copies when its connection breaks, before it heard of any."""

    def __init__(self) -> None:
        super().__init__()
        self._broken = False

    def send(
        self, letters: Iterable[tuple[T, OutboundMessage]]
    ) -> Iterator[tuple[T, Outcome | NotTried]]:
        if not self._broken:
            self._broken = True
            for tag, _ in [*letters]:
                yield tag, NotTried()
        else:
            yield from super().send(letters)


def test_a_post_that_cannot_be_read_is_parked_and_stops_no_other(
    world: World, group: MailingList
) -> None:
    assert receive_post(world.kit, ToList(group.id), from_ann(), plain()) == Accept()
    with world.kit.database.transaction() as tx:
        tx.session.execute(text("UPDATE posts SET \"references\" = 'no list'"))
    good = plain(message_id="<good@x>", body="All is well.")
    assert receive_post(world.kit, ToList(group.id), from_ann(), good) == Accept()
    fan_out(world.kit)
    deliver(world.kit, group.id)
    assert sorted(m.recipient for m in world.relay.taken) == sorted([ANN, *OTHERS])
    assert states(world) == {"sent": 3, "parked": 3}
    with world.kit.database.transaction() as tx:
        tx.session.execute(text("UPDATE posts SET \"references\" = '[]'"))
    release_parked(world.kit)
    deliver(world.kit, group.id)
    assert states(world) == {"sent": 6}


def test_a_database_that_is_away_for_a_moment_parks_no_copy(
    world: World, group: MailingList, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert receive_post(world.kit, ToList(group.id), from_ann(), plain()) == Accept()

    def away(*_: object) -> None:
        raise Unavailable("The database is away.")

    with monkeypatch.context() as moment:
        moment.setattr("listserv.services.address_copy.posts.get", away)
        with pytest.raises(Unavailable):
            fan_out(world.kit)
    assert states(world) == {"pending": 3}
    deliver(world.kit, group.id)
    assert states(world) == {"sent": 3}


def test_what_was_sent_is_written_down_when_the_next_claim_fails(
    world: World, group: MailingList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CopyWriter, "at_once", 2)
    assert receive_post(world.kit, ToList(group.id), from_ann(), plain()) == Accept()
    claim = deliveries.claim
    claimed: list[ClaimedCopy] = []

    def claim_once(*told: Any) -> list[ClaimedCopy]:
        if claimed:
            raise Unavailable("The database is away.")
        claimed.extend(claim(*told))
        return claimed

    with monkeypatch.context() as moment:
        moment.setattr(deliveries, "claim", claim_once)
        with pytest.raises(Unavailable):
            fan_out(world.kit)
    assert states(world) == {"sent": 2, "pending": 1}
    deliver(world.kit, group.id)
    assert states(world) == {"sent": 3}
    assert len(world.relay.taken) == 3


def test_a_post_whose_copies_cannot_be_made_stops_no_other(
    world: World, group: MailingList, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("poison", "good"):
        raw = plain(message_id=f"<{name}@x>", body=name)
        assert receive_post(world.kit, ToList(group.id), from_ann(), raw) == Accept()
    make = deliveries.make

    def make_or_fail(tx: Transaction, post: Undelivered, now: datetime) -> int:
        if post.id == 1:
            raise ZeroDivisionError
        return make(tx, post, now)

    monkeypatch.setattr(deliveries, "make", make_or_fail)
    with pytest.raises(ZeroDivisionError):
        fan_out(world.kit)
    assert len(world.relay.taken) == 3
    assert status(world.kit).inbound == 1
    monkeypatch.undo()
    assert fan_out(world.kit) == 3
