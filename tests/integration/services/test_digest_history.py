"""Whatever members, moderators, clocks and workers do, each post reaches a member once.

Random histories on both real databases. What should come to whom is a rule of one
line: a post is wanted by those who are active, and want mail, when it goes out. Who
leaves may lose what was on its way, and what was erased before it came, comes no more.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes, policy
from functools import partial
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, select, text

from listserv.domain.decision import Accept, Hold
from listserv.domain.delivery import DeliveryState, RelayDown
from listserv.domain.language import Language
from listserv.domain.request import (
    Change,
    Pause,
    Resume,
    SetDelivery,
    SetFormat,
    SetHour,
    SetLanguage,
    SetTimeZone,
)
from listserv.domain.routing import ToList
from listserv.domain.subscription import (
    DeliveryMode,
    DigestFormat,
    Subscription,
    SubscriptionState,
)
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.change_member import change_member
from listserv.services.change_person import change_person
from listserv.services.change_subscription import change_subscription
from listserv.services.create_list import create_list
from listserv.services.deliver import deliver
from listserv.services.deliver_digests import deliver_digests
from listserv.services.fan_out import fan_out
from listserv.services.issue_digests import issue_digests, issue_digests_now
from listserv.services.moderate import approve, discard, reject
from listserv.services.receive_post import receive_post
from listserv.services.release_leases import release_leases
from listserv.services.release_parked import release_parked
from listserv.services.remove_member import remove_member
from listserv.services.shelf import Shelf
from listserv.services.sweep import sweep
from listserv.store import members, migrate, subscriptions
from listserv.store.base import Base
from listserv.store.engine import open_engine
from listserv.store.tables import DeliveryRow, DigestDeliveryRow, PostRow
from tests.fakes import World, build_world
from tests.postgres_server import fresh_database
from tests.unit.services.mail_samples import ANN, from_ann, plain

KEPT_DAYS = 2
GONE = (SubscriptionState.LEFT, None)
_MARK = re.compile(r"post-(\d+)-end")
# Where a worker may be killed, and the work that it was at.
PLACES = (
    "listserv.store.posts.fanned_out",
    "listserv.store.digests.issue",
    "listserv.store.digest_readers.move_on",
    "listserv.store.digest_order.lock",
    "listserv.services.write_once.build_digest",
    "listserv.services.write_once.compose_digest",
    "listserv.store.built_digests.keep",
    "listserv.services.deliver_digests.sign_digest",
    "listserv.services.address_copy.compose_post",
    "listserv.store.dispatch.record",
    "listserv.store.dispatch.claim",
)

Worlds = Callable[[], AbstractContextManager[World]]


class Killed(BaseException):
    """As good as SIGKILL: nothing in the product catches it."""


@dataclass
class Person:
    """wanted: posts that must come; maybe: those that may, since they left meanwhile."""

    address: str
    wanted: set[int] = field(default_factory=set)
    maybe: set[int] = field(default_factory=set)


class History(RuleBasedStateMachine):
    """Ben and Cem are watched; Ann writes."""

    def __init__(self, worlds: Worlds) -> None:
        super().__init__()
        self._context = worlds()
        self.world = self._context.__enter__()
        kit = self.world.kit
        self.workers = kit, replace(kit, lease="another", shelf=Shelf())
        self.people = (Person("ben@example.net"), Person("cem@example.net"))
        self.posts = 0
        self.out: set[int] = set()

    def teardown(self) -> None:
        """In the end all of them want each post, and every fault is over."""
        if self.posts or self.world.relay.taken:
            self.finish()
        self._context.__exit__(None, None, None)

    def finish(self) -> None:
        kit = self.world.kit
        self.fan_out()
        for person in self.people:
            if self.is_here(person):
                self.change(person, Resume())
                self.change(person, SetDelivery(DeliveryMode.EACH))
        release_leases(kit, kit.lease)
        release_parked(kit)
        while self.waiting():
            self.world.clock.go(hours=5)
            self.send()
        for person in self.people:
            assert person.wanted <= self.got(person)

    @initialize(
        most_posts=st.sampled_from(["none", "2"]),
        most_kb=st.sampled_from(["none", "1"]),
        keep=st.sampled_from(["forever", str(KEPT_DAYS)]),
    )
    def begin(self, most_posts: str, most_kb: str, keep: str) -> None:
        kit = self.world.kit
        self.group = create_list(kit, "group@example.org")
        everyone = [Newcomer(ANN), *(Newcomer(one.address) for one in self.people)]
        list(add_members(kit, self.group.address, everyone))
        self.keeps = keep != "forever"
        self.set_list(
            sender_proof="off",
            posts_per_hour="none",
            digest_posts=most_posts,
            digest_kb=most_kb,
            keep_posts=keep,
        )

    # What people write and moderators decide.

    @rule(relay_is_up=st.booleans())
    def post(self, relay_is_up: bool) -> None:
        assert self.receive() == Accept()
        self.world.relay.answers = [] if relay_is_up else [RelayDown()] * 9
        self.fan_out()
        self.world.relay.answers = []

    @rule()
    def post_that_is_not_fanned_out_yet(self) -> None:
        assert self.receive() == Accept()

    @rule()
    def fan_out(self) -> None:
        before = [(person, self.wants(person)) for person in self.people]
        fan_out(self.world.kit)
        self.note_what_went_out(before)

    @rule()
    def post_that_is_held(self) -> None:
        self.set_list(moderate="all")
        assert isinstance(self.receive(), Hold)
        self.set_list(moderate="none")

    @precondition(lambda self: self.held())
    @rule(decide=st.sampled_from([approve, approve, reject, discard]))
    def moderator_decides(self, decide: Callable[..., Any]) -> None:
        decide(self.world.kit, self.group.address, self.held()[0])

    @precondition(lambda self: self.kept())
    @rule(data=st.data())
    def author_erases(self, data: st.DataObject) -> None:
        number, post_id = data.draw(st.sampled_from(self.kept()))
        with self.world.kit.database.transaction() as tx:
            tx.session.delete(tx.session.get_one(PostRow, post_id))
        self.forget([number])

    # What members do.

    @rule(who=st.integers(0, 1), delivery=st.sampled_from(DeliveryMode))
    def switch(self, who: int, delivery: DeliveryMode) -> None:
        self.change(self.people[who], SetDelivery(delivery))

    @rule(who=st.integers(0, 1), days=st.sampled_from([None, 1, 3]))
    def pause(self, who: int, days: int | None) -> None:
        today = self.world.clock.now().date()
        # The day after tomorrow is one that is still to come in every zone.
        until = today + timedelta(days=days + 1) if days else None
        self.change(self.people[who], Pause(until))

    @rule(who=st.integers(0, 1))
    def resume(self, who: int) -> None:
        self.change(self.people[who], Resume())

    @rule(who=st.integers(0, 1))
    def suspend(self, who: int) -> None:
        if self.is_here(self.people[who]):
            address = self.people[who].address
            change_member(self.world.kit, self.group.address, address, {"state": "suspended"})

    @rule(who=st.integers(0, 1))
    def leave(self, who: int) -> None:
        person = self.people[who]
        if self.is_here(person):
            on_its_way = person.wanted - self.got(person)
            person.maybe |= on_its_way
            person.wanted -= on_its_way
            remove_member(self.world.kit, self.group.address, person.address)

    @rule(who=st.integers(0, 1), delivery=st.sampled_from(DeliveryMode))
    def come_back(self, who: int, delivery: DeliveryMode) -> None:
        newcomer = Newcomer(self.people[who].address, delivery=delivery)
        list(add_members(self.world.kit, self.group.address, [newcomer]))

    @rule(who=st.integers(0, 1), hour=st.integers(0, 23))
    def choose_hour(self, who: int, hour: int) -> None:
        self.change(self.people[who], SetHour(hour))

    @rule(who=st.integers(0, 1), form=st.sampled_from(DigestFormat))
    def choose_format(self, who: int, form: DigestFormat) -> None:
        self.change(self.people[who], SetFormat(form))

    @rule(
        who=st.integers(0, 1),
        change=st.sampled_from(
            [
                SetTimeZone("Europe/Berlin"),
                SetTimeZone("Pacific/Chatham"),
                SetTimeZone("America/New_York"),
                SetLanguage(Language.SPANISH),
                SetLanguage(Language.ENGLISH),
            ]
        ),
    )
    def move(self, who: int, change: SetTimeZone | SetLanguage) -> None:
        mine = self.subscription(self.people[who])
        if mine and mine.member_id and mine.state not in GONE:
            change_person(self.world.kit, mine.member_id, change)

    # What clocks, schedulers and workers do.

    @rule(hours=st.sampled_from([-1, 1, 1, 9, 25, 49, 24 * 8, -24, 24 * 400, -24 * 400]))
    def time_passes(self, hours: int) -> None:
        self.world.clock.go(hours=hours)

    @rule(times=st.integers(1, 2))
    def schedulers_look(self, times: int) -> None:
        for _ in range(times):
            issue_digests(self.world.kit, self.group.id)

    @rule()
    def sweep(self) -> None:
        if self.keeps:
            before = self.world.clock.now() - timedelta(days=KEPT_DAYS)
            with self.world.kit.database.reading() as tx:
                old = tx.session.scalars(
                    select(PostRow.subject).where(PostRow.accepted_at < before)
                ).all()
            self.forget(number for subject in old for number in _marks(subject))
        sweep(self.world.kit)

    @rule(mode=st.sampled_from([None, DeliveryMode.DAILY, DeliveryMode.WEEKLY]))
    def operator_sends(self, mode: DeliveryMode | None) -> None:
        issue_digests_now(self.world.kit, self.group.address, mode)

    @rule(minutes=st.sampled_from([0, 6]), worker=st.integers(0, 1))
    def send(self, minutes: int = 0, worker: int = 0) -> None:
        self.world.clock.go(minutes=minutes)
        deliver(self.workers[worker], self.group.id)
        deliver_digests(self.workers[worker], self.group.id)

    @rule(times=st.integers(1, 3))
    def relay_is_down(self, times: int) -> None:
        self.world.relay.answers = [RelayDown()] * times
        self.send()
        self.world.relay.answers = []

    @rule(place=st.sampled_from(PLACES), supervised=st.booleans())
    def worker_is_killed(self, place: str, supervised: bool) -> None:
        kit, list_id = self.world.kit, self.group.id
        before = [(person, self.wants(person)) for person in self.people]
        with patch(place, side_effect=Killed):
            for work in (
                partial(fan_out, kit),
                partial(issue_digests, kit, list_id),
                partial(issue_digests_now, kit, self.group.address),
                partial(deliver, kit, list_id),
                partial(deliver_digests, kit, list_id),
            ):
                with suppress(Killed):
                    work()
                self.note_what_went_out(before)
        if supervised:
            release_leases(kit, kit.lease)
        else:
            self.world.clock.go(minutes=2)

    @invariant()
    def nothing_comes_twice_or_unasked(self) -> None:
        for person in self.people:
            mails = self.mails(person)
            assert (
                max(Counter(n for found in mails.values() for n in found).values(), default=1) == 1
            )
            assert self.got(person) <= person.wanted | person.maybe

    # What the rules are made of.

    def receive(self) -> Any:
        self.posts += 1
        mark = f"post-{self.posts}-end"
        mail = plain(mark, f"Hello, {mark}. {'Words. ' * 80}", message_id=f"<{mark}@example.net>")
        return receive_post(self.world.kit, ToList(self.group.id), from_ann(), mail)

    def note_what_went_out(self, before: list[tuple[Person, bool]]) -> None:
        with self.world.kit.database.reading() as tx:
            subjects = tx.session.scalars(
                select(PostRow.subject).where(PostRow.fanned_out_at.is_not(None))
            ).all()
        now_out = {number for subject in subjects for number in _marks(subject)} - self.out
        self.out |= now_out
        for person, wanted in before:
            if wanted:
                person.wanted |= now_out

    def forget(self, numbers: "Iterator[int] | list[int]") -> None:
        """They are erased: whoever has not had them, gets them no more."""
        gone = set(numbers)
        for person in self.people:
            lost = gone - self.got(person)
            person.wanted -= lost
            person.maybe -= lost

    def wants(self, person: Person) -> bool:
        mine = self.subscription(person)
        active = mine is not None and mine.state is SubscriptionState.ACTIVE
        return active and mine is not None and mine.delivery is not DeliveryMode.NONE

    def is_here(self, person: Person) -> bool:
        mine = self.subscription(person)
        return mine is not None and mine.state is not SubscriptionState.LEFT

    def change(self, person: Person, change: Change) -> None:
        mine = self.subscription(person)
        if mine and mine.state is not SubscriptionState.LEFT:
            change_subscription(self.world.kit, mine.member_id or "", mine.id, change)

    def subscription(self, person: Person) -> Subscription | None:
        kit = self.world.kit
        with kit.database.reading() as tx:
            member = members.find(tx, kit.vault.lookups(person.address))
            return subscriptions.of_member(tx, self.group.id, member.member_id) if member else None

    def set_list(self, **values: str) -> None:
        change_list(self.world.kit, self.group.address, values)

    def held(self) -> list[int]:
        with self.world.kit.database.reading() as tx:
            return list(tx.session.scalars(select(PostRow.id).where(PostRow.state == "held")))

    def kept(self) -> list[tuple[int, int]]:
        """Posts that went out and are still there: number and id."""
        with self.world.kit.database.reading() as tx:
            rows = tx.session.execute(
                select(PostRow.subject, PostRow.id)
                .where(PostRow.fanned_out_at.is_not(None))
                .order_by(PostRow.id)
            ).all()
        return [(number, post_id) for subject, post_id in rows for number in _marks(subject)]

    def waiting(self) -> bool:
        unsent = DeliveryState.PENDING, DeliveryState.DEFERRED
        with self.world.kit.database.reading() as tx:
            return any(
                tx.session.scalars(select(rows.id).where(rows.state.in_(unsent)).limit(1)).all()
                for rows in (DeliveryRow, DigestDeliveryRow)
            )

    def got(self, person: Person) -> set[int]:
        return {number for found in self.mails(person).values() for number in found}

    def mails(self, person: Person) -> dict[str, set[int]]:
        """The posts in each mail. The same one may come again after a worker was killed."""
        found: dict[str, set[int]] = {}
        for letter in self.world.relay.taken:
            if letter.recipient == person.address and letter.return_path:
                message_id, marks = _read(letter.content)
                found.setdefault(message_id, set()).update(marks)
        return found


_seen: dict[bytes, tuple[str, set[int]]] = {}


def _read(content: bytes) -> tuple[str, set[int]]:
    if content not in _seen:
        mail: Any = message_from_bytes(content, policy=policy.default)
        texts = [p.get_content() for p in mail.walk() if p.get_content_type() == "text/plain"]
        _seen[content] = mail["Message-ID"], _marks("\n".join((mail["Subject"], *texts)))
    return _seen[content]


def _marks(words: str) -> set[int]:
    return {int(number) for number in _MARK.findall(words)}


@contextmanager
def sqlite_world(empty: Path) -> Iterator[World]:
    with TemporaryDirectory() as folder:
        copyfile(empty, Path(folder) / "test.db")
        engine = open_engine(f"sqlite+pysqlite:///{Path(folder) / 'test.db'}")
        yield build_world(engine)
        engine.dispose()


@contextmanager
def postgres_world(engine: Engine) -> Iterator[World]:
    """The same database, emptied: making one takes longer than a history."""
    names = ", ".join(table.name for table in Base.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
    yield build_world(engine)


def play(worlds: Worlds, examples: int) -> None:
    class Here(History):
        def __init__(self) -> None:
            super().__init__(worlds)

    _seen.clear()
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_each_post_comes_once_on_sqlite(migrated_sqlite: Path) -> None:
    play(partial(sqlite_world, migrated_sqlite), 30)


@pytest.fixture
def postgres_engine(postgres_server: str) -> Iterator[Engine]:
    with fresh_database(postgres_server) as url:
        engine = open_engine(url)
        migrate.upgrade(engine)
        yield engine
        engine.dispose()


def test_each_post_comes_once_on_postgresql(postgres_engine: Engine) -> None:
    play(partial(postgres_world, postgres_engine), 15)
