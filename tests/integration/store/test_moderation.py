"""Moderators at the same moment, on both databases: once is once, and the log stays whole."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from listserv.domain.audit import Broken, Intact
from listserv.domain.envelope import Envelope
from listserv.domain.held import Ruling
from listserv.domain.mailing_list import MailingList
from listserv.domain.routing import ToList
from listserv.domain.subscription import Role, Subscription
from listserv.services.add_members import Newcomer, add_members
from listserv.services.ban_member import ban_member, unban_member
from listserv.services.change_list import change_list
from listserv.services.create_list import create_list
from listserv.services.decide_held import Decided, TooLate, decide_held
from listserv.services.moderate import decide_several, queue
from listserv.services.read_audit import verify_log
from listserv.services.receive_post import receive_post
from listserv.services.tell_moderators import tell_moderators
from listserv.store import audit, subscriptions
from listserv.store.audit import Act
from tests.fakes import World
from tests.unit.services.mail_samples import ANN, plain

HANDS = 8


@pytest.fixture
def group(any_world: World) -> MailingList:
    made = create_list(any_world.kit, "group@example.org")
    people = [Newcomer(ANN, handle="Quiet Otter")]
    people += [Newcomer(f"m{n}@example.net", role=Role.MODERATOR) for n in range(HANDS)]
    list(add_members(any_world.kit, made.address, people))
    settings = {"sender_proof": "off", "moderate": "all", "posts_per_hour": "none"}
    return change_list(any_world.kit, made.address, settings)


def post(world: World, group: MailingList, number: int) -> None:
    raw = plain(body=f"Post {number}.", message_id=f"<{number}@example.net>")
    receive_post(world.kit, ToList(group.id), Envelope(ANN, trusted=True), raw)


def moderators(world: World, group: MailingList) -> list[Subscription]:
    with world.kit.database.reading() as tx:
        return list(subscriptions.with_role(tx, group.id, (Role.MODERATOR,)))


def test_all_press_approve_at_once_and_it_goes_out_once(
    any_world: World, group: MailingList
) -> None:
    post(any_world, group, 1)
    hands = moderators(any_world, group)
    with ThreadPoolExecutor(HANDS) as pool:
        done = list(
            pool.map(
                lambda one: decide_held(any_world.kit, group.id, 1, Ruling.APPROVE, one), hands
            )
        )
    (first,) = [one for one in done if isinstance(one, Decided)]
    late = [one for one in done if isinstance(one, TooLate)]
    assert len(late) == HANDS - 1
    assert {one.ruled.moderator for one in late} == {first.ruled.moderator}
    with any_world.kit.database.reading() as tx:
        assert subscriptions.posts_accepted(tx, first.post.author_id or 0) == 1


def test_approving_and_rejecting_at_once_does_one_of_them(
    any_world: World, group: MailingList
) -> None:
    for number in range(1, 7):
        post(any_world, group, number)
    hands = moderators(any_world, group)
    ids = [one.post.id for one in queue(any_world.kit, group.id).waiting]

    def press(number: int) -> list[Decided | TooLate]:
        ruling = Ruling.APPROVE if number % 2 else Ruling.REJECT
        order = ids if number % 3 else ids[::-1]
        return decide_several(any_world.kit, group.id, order, ruling, hands[number])

    with ThreadPoolExecutor(4) as pool:
        done = [one for some in pool.map(press, range(4)) for one in some]
    first = Counter(one.ruled.post_id for one in done if isinstance(one, Decided))
    assert first == Counter(ids)
    assert queue(any_world.kit, group.id).total == 0
    assert isinstance(verify_log(any_world.kit), Intact)


def test_two_workers_tell_each_moderator_once(any_world: World, group: MailingList) -> None:
    post(any_world, group, 1)
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: tell_moderators(any_world.kit), range(4)))
    assert sum(told) == 1


def test_many_writers_make_one_chain(any_world: World, group: MailingList) -> None:
    before = verify_log(any_world.kit)
    assert isinstance(before, Intact)

    def write(number: int) -> None:
        with any_world.kit.database.transaction() as tx:
            act = Act("Warm Lantern", "note", group.id, reason=f"{number}")
            audit.add(tx, act, any_world.clock.now())

    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(write, range(40)))
    after = verify_log(any_world.kit)
    assert isinstance(after, Intact) and after.lines == before.lines + 40


@pytest.mark.parametrize(
    "change", ["UPDATE audit_log SET actor = 'x' WHERE id = 1", "DELETE FROM audit_log"]
)
def test_the_database_refuses_to_change_the_log(
    any_world: World, group: MailingList, change: str
) -> None:
    with pytest.raises(DBAPIError), any_world.kit.database.engine.begin() as connection:
        connection.execute(text(change))


def test_a_changed_line_is_found(any_world: World, group: MailingList) -> None:
    """By somebody who owns the database, and takes the lock off first."""
    engine = any_world.kit.database.engine
    off = (
        "DROP TRIGGER audit_log_keeps_UPDATE"
        if engine.dialect.name == "sqlite"
        else "ALTER TABLE audit_log DISABLE TRIGGER audit_log_keeps"
    )
    with any_world.kit.database.transaction() as tx:
        audit.add(tx, Act("operator", "reveal", group.id), any_world.clock.now())
    with engine.begin() as connection:
        connection.execute(text(off))
        connection.execute(text("UPDATE audit_log SET actor = 'nobody' WHERE id = 1"))
    assert verify_log(any_world.kit) == Broken(1)


def test_a_ban_outlives_leaving_and_can_be_lifted_by_the_handle(
    any_world: World, group: MailingList
) -> None:
    change_list(any_world.kit, group.address, {"strangers": "hold"})
    assert ban_member(any_world.kit, group.address, "Quiet Otter") == "Quiet Otter"
    post(any_world, group, 1)
    assert queue(any_world.kit, group.id).total == 0
    unban_member(any_world.kit, group.address, "Quiet Otter")
    post(any_world, group, 2)
    (waiting,) = queue(any_world.kit, group.id).waiting
    assert waiting.post.handle == "Visitor"
