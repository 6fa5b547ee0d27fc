"""Whatever a member, the clock and the workers do, each post reaches them once.

Random histories on a real database, against a model of a few lines.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from listserv.domain.decision import Accept
from listserv.domain.request import (
    Change,
    Pause,
    Resume,
    SetDelivery,
    SetFormat,
    SetHour,
    SetTimeZone,
)
from listserv.domain.routing import ToList
from listserv.domain.subscription import DeliveryMode, DigestFormat
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.change_person import change_person
from listserv.services.change_subscription import change_subscription
from listserv.services.create_list import create_list
from listserv.services.deliver import deliver
from listserv.services.deliver_digests import deliver_digests
from listserv.services.fan_out import fan_out
from listserv.services.issue_digests import issue_digests, issue_digests_now
from listserv.services.receive_post import receive_post
from listserv.services.show_me import groups_of
from listserv.store import members, migrate
from listserv.store.engine import open_engine
from tests.fakes import World, build_world
from tests.unit.services.mail_samples import ANN, from_ann, plain

BEN = "ben@example.net"
DIGESTS = (DeliveryMode.DAILY, DeliveryMode.WEEKLY)
_MARK = re.compile(rb"post-(\d+)-end")


@cache
def _empty_database() -> bytes:
    with TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite+pysqlite:///{Path(folder) / 'test.db'}")
        migrate.upgrade(engine)
        engine.dispose()
        return (Path(folder) / "test.db").read_bytes()


@contextmanager
def fresh_world() -> Iterator[World]:
    with TemporaryDirectory() as folder:
        (Path(folder) / "test.db").write_bytes(_empty_database())
        engine = open_engine(f"sqlite+pysqlite:///{Path(folder) / 'test.db'}")
        yield build_world(engine)
        engine.dispose()


class History(RuleBasedStateMachine):
    """Ben is watched; Ann writes."""

    def __init__(self) -> None:
        super().__init__()
        self._context = fresh_world()
        self.world = self._context.__enter__()
        self.posts = 0
        self.wanted: list[int] = []
        self.delivery = DeliveryMode.EACH
        self.paused = False

    def teardown(self) -> None:
        self.change(Resume())
        self.change(SetDelivery(DeliveryMode.EACH))
        self.send()
        assert sorted(self.got()) == self.wanted
        self._context.__exit__(None, None, None)

    @initialize(posts=st.sampled_from(["none", "2"]))
    def begin(self, posts: str) -> None:
        kit = self.world.kit
        self.group = create_list(kit, "group@example.org")
        list(add_members(kit, self.group.address, [Newcomer(ANN), Newcomer(BEN)]))
        change_list(
            kit,
            self.group.address,
            {"sender_proof": "off", "posts_per_hour": "none", "digest_posts": posts},
        )
        with kit.database.reading() as tx:
            member = members.find(tx, kit.vault.lookups(BEN))
            assert member
            self.ben = member.member_id
            (mine,) = groups_of(tx, self.ben)
        self.subscription = mine.subscription.id

    @rule()
    def post(self) -> None:
        self.posts += 1
        number = self.posts
        mail = plain(body=f"Hello post-{number}-end.", message_id=f"<{number}@example.net>")
        assert receive_post(self.world.kit, ToList(self.group.id), from_ann(), mail) == Accept()
        fan_out(self.world.kit)
        if not self.paused and self.delivery is not DeliveryMode.NONE:
            self.wanted.append(number)

    @rule(delivery=st.sampled_from(DeliveryMode))
    def switch(self, delivery: DeliveryMode) -> None:
        self.delivery = delivery
        self.change(SetDelivery(delivery))

    @rule()
    def pause(self) -> None:
        self.paused = True
        self.change(Pause())

    @rule()
    def resume(self) -> None:
        self.paused = False
        self.change(Resume())

    @rule(hour=st.integers(0, 23))
    def choose_hour(self, hour: int) -> None:
        self.change(SetHour(hour))

    @rule(form=st.sampled_from([f for f in DigestFormat if f is not DigestFormat.INDEX]))
    def choose_format(self, form: DigestFormat) -> None:
        self.change(SetFormat(form))

    @rule(zone=st.sampled_from(["Europe/Berlin", "Pacific/Auckland", "America/New_York"]))
    def move(self, zone: str) -> None:
        change_person(self.world.kit, self.ben, SetTimeZone(zone))

    @rule(hours=st.sampled_from([-1, 1, 1, 9, 25, 24 * 8]))
    def time_passes(self, hours: int) -> None:
        self.world.clock.go(hours=hours)

    @rule(times=st.integers(1, 2))
    def schedulers_look(self, times: int) -> None:
        for _ in range(times):
            issue_digests(self.world.kit, self.group.id)

    @rule(mode=st.sampled_from([None, *DIGESTS]))
    def operator_sends(self, mode: DeliveryMode | None) -> None:
        issue_digests_now(self.world.kit, self.group.address, mode)

    @rule()
    def send(self) -> None:
        deliver(self.world.kit, self.group.id)
        deliver_digests(self.world.kit, self.group.id)

    @invariant()
    def nothing_comes_twice_or_unasked(self) -> None:
        got = self.got()
        assert len(got) == len(set(got))
        assert set(got) <= set(self.wanted)

    def change(self, change: Change) -> None:
        change_subscription(self.world.kit, self.ben, self.subscription, change)

    def got(self) -> list[int]:
        found: list[int] = []
        for letter in self.world.relay.taken:
            if letter.recipient == BEN and letter.return_path:
                found += {int(n) for n in _MARK.findall(_plain_of(letter.content))}
        return found


def _plain_of(content: bytes) -> bytes:
    mail: Any = message_from_bytes(content, policy=policy.default)
    texts = [p for p in mail.walk() if p.get_content_type() == "text/plain"]
    return b"".join(p.get_content().encode() for p in texts)


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
