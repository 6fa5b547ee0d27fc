"""A post on its way: what is decided, and what is kept."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from listserv.domain import jobs
from listserv.domain.decision import Accept, Decision, Discard, Hold, Reject
from listserv.domain.envelope import Envelope
from listserv.domain.handle import skeleton
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import HeldPost, Post
from listserv.domain.routing import Shown, ToList
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.create_list import create_list
from listserv.services.deliver_notices import deliver_notices
from listserv.services.moderate import approve, held_posts, reject
from listserv.services.receive_post import receive_post
from listserv.store import posts, subscriptions
from tests.fakes import World
from tests.unit.services.mail_samples import ANN, from_ann, plain

PROVEN = "Authentication-Results: mx.example.org; dkim=pass header.d=example.net\r\n"


@pytest.fixture
def group(world: World) -> MailingList:
    made = create_list(world.kit, "group@example.org")
    list(add_members(world.kit, made.address, [Newcomer(ANN, handle="Quiet Otter")]))
    return change_list(world.kit, made.address, {"sender_proof": "off"})


def receive(world: World, group: MailingList, raw: bytes, sender: str = ANN) -> Decision:
    return receive_post(world.kit, ToList(group.id), Envelope(sender, trusted=True), raw)


def stored(world: World, post_id: int = 1) -> Post:
    with world.kit.database.reading() as tx:
        post = posts.get(tx, post_id)
    assert post is not None
    return post


def held(world: World, group: MailingList) -> list[HeldPost]:
    return list(held_posts(world.kit, group.address))


def test_a_members_post_is_stored_under_the_handle(world: World, group: MailingList) -> None:
    assert receive(world, group, plain()) == Accept()
    post = stored(world)
    assert post.handle == "Quiet Otter"
    assert post.message.subject == "Hello"
    assert post.message.text.strip() == "Good morning everyone."


def test_the_bell_rings_for_it(world: World, group: MailingList) -> None:
    receive(world, group, plain())
    assert world.queue.rung == [jobs.fan_out()]


def test_the_message_id_is_ours(world: World, group: MailingList) -> None:
    receive(world, group, plain())
    assert stored(world).message_id.endswith("@example.org>")


def test_an_answer_is_threaded_under_our_own_ids(world: World, group: MailingList) -> None:
    receive(world, group, plain())
    first = stored(world)
    extra = f"In-Reply-To: {first.message_id}\r\nReferences: <x@other> {first.message_id}\r\n"
    receive(world, group, plain(body="I agree.", message_id="<2@example.net>", extra=extra))
    assert stored(world, 2).references == (first.message_id,)


def test_a_quote_of_a_post_of_ours_says_whose_it_is(world: World, group: MailingList) -> None:
    receive(world, group, plain())
    extra = f"In-Reply-To: {stored(world).message_id}\r\n"
    header = "On 2 Mar 2026, at 08:00, Quiet Otter via group <group@example.org> wrote:"
    body = f"I agree.\n\n{header}\n> Good morning everyone."
    receive(world, group, plain(body=body, message_id="<2@example.net>", extra=extra))
    quoted = "> Good morning everyone."
    assert stored(world, 2).message.text == f"I agree.\n\nQuiet Otter wrote:\n\n{quoted}"
    strange = plain(body=body, message_id="<3@example.net>", extra="In-Reply-To: <x@other>\r\n")
    receive(world, group, strange)
    assert stored(world, 3).message.text == f"I agree.\n\n{quoted}"


def test_unknown_references_are_dropped(world: World, group: MailingList) -> None:
    receive(world, group, plain(extra="In-Reply-To: <private@example.net>\r\n"))
    assert stored(world).references == ()


def test_the_same_mail_twice_is_posted_once(world: World, group: MailingList) -> None:
    assert receive(world, group, plain()) == Accept()
    again = b"Received: from a by b; Mon, 2 Mar 2026 08:00:09 +0000\r\n" + plain()
    decision = receive(world, group, again)
    assert isinstance(decision, Discard) and decision.reason.code == "duplicate"


def test_other_words_under_the_same_id_are_another_post(world: World, group: MailingList) -> None:
    receive(world, group, plain())
    assert receive(world, group, plain(body="Good evening.")) == Accept()


def test_without_a_message_id_a_second_plus_one_counts(world: World, group: MailingList) -> None:
    raw = plain(body="+1").replace(b"Message-ID: <1@example.net>\r\n", b"")
    assert receive(world, group, raw) == Accept()
    assert receive(world, group, raw) == Accept()


def test_a_stranger_is_refused_in_words(world: World, group: MailingList) -> None:
    decision = receive(world, group, plain(sender="eve@example.com"), "eve@example.com")
    assert isinstance(decision, Reject) and "members only" in decision.reason.words


def test_an_unproven_member_waits_and_an_unproven_stranger_hears_nothing(
    world: World, group: MailingList
) -> None:
    change_list(world.kit, group.address, {"sender_proof": "ask"})
    assert isinstance(receive(world, group, plain()), Hold)
    decision = receive(world, group, plain(sender="eve@example.com"), "eve@example.com")
    assert isinstance(decision, Discard)


def test_nothing_of_an_unproven_stranger_is_kept(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"sender_proof": "ask"})
    receive(world, group, plain(sender="eve@example.com"), "eve@example.com")
    with world.kit.database.reading() as tx:
        assert posts.get(tx, 1) is None
    assert held(world, group) == []
    # The bell of a member's question rings, and finds no notice.
    assert world.queue.rung == [jobs.deliver_notices()]
    assert deliver_notices(world.kit) == 0


def test_proof_by_the_front_server_is_enough(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"sender_proof": "ask"})
    assert receive(world, group, PROVEN.encode() + plain()) == Accept()


def test_proof_that_the_sender_wrote_is_none(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"sender_proof": "ask"})
    raw = PROVEN.encode() + plain()
    assert isinstance(receive_post(world.kit, ToList(group.id), Envelope(ANN), raw), Hold)
    other = PROVEN.encode() + plain(message_id="<2@example.net>")
    below = b"Received: from a by b; Mon, 2 Mar 2026 08:00:09 +0000\r\n" + other
    assert isinstance(receive(world, group, below), Hold)


@pytest.mark.parametrize(
    "extra",
    [
        "Auto-Submitted: auto-replied\r\n",
        "List-Id: <other.example.com>\r\n",
        "Precedence: bulk\r\n",
    ],
)
def test_robots_are_dropped(world: World, group: MailingList, extra: str) -> None:
    assert isinstance(receive(world, group, plain(extra=extra)), Discard)


def test_the_null_sender_never_posts(world: World, group: MailingList) -> None:
    assert isinstance(receive(world, group, plain(), sender=""), Discard)


def test_two_authors_are_none(world: World, group: MailingList) -> None:
    raw = b"From: Eve <eve@example.com>\r\n" + plain()
    assert isinstance(receive(world, group, raw), Reject)


def test_the_first_posts_wait_and_count_when_approved(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"moderate": "first:1"})
    assert isinstance(receive(world, group, plain()), Hold)
    (waiting,) = held(world, group)
    assert waiting.reason == "first_posts"
    approve(world.kit, group.address, waiting.post.id)
    assert jobs.fan_out() in world.queue.rung
    assert held(world, group) == []
    again = plain(body="My second.", message_id="<2@example.net>")
    assert receive(world, group, again) == Accept()


def test_a_rejected_post_goes_back_to_its_author_and_is_erased(
    world: World, group: MailingList
) -> None:
    change_list(world.kit, group.address, {"moderate": "all"})
    receive(world, group, plain())
    reject(world.kit, group.address, 1, "Please leave out the place.")
    with world.kit.database.reading() as tx:
        assert posts.get(tx, 1) is None
    assert jobs.deliver_notices() in world.queue.rung


def test_too_many_in_an_hour_wait(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"posts_per_hour": "2"})
    for number in range(2):
        raw = plain(body=f"Number {number}", message_id=f"<{number}@example.net>")
        assert receive(world, group, raw) == Accept()
    assert isinstance(receive(world, group, plain(body="Three", message_id="<3@x>")), Hold)
    world.clock.go(minutes=61)
    assert receive(world, group, plain(body="Four", message_id="<4@x>")) == Accept()


def test_our_own_mail_does_not_come_back(world: World, group: MailingList) -> None:
    raw = plain(extra="List-Id: Group <group.example.org>\r\n")
    decision = receive(world, group, raw)
    assert isinstance(decision, Discard) and decision.reason.code == "loop"


def test_the_envelope_is_taken_out_too(world: World, group: MailingList) -> None:
    assert from_ann().mail_from == ANN
    receive(world, group, plain(body="Write to me: ann@example.net"))
    assert ANN not in stored(world).message.text


def test_forged_mail_does_not_use_up_a_members_posts(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"sender_proof": "ask", "posts_per_hour": "2"})
    for number in range(3):
        raw = plain(body=f"Forged {number}", message_id=f"<f{number}@example.net>")
        assert isinstance(receive(world, group, raw), Hold)
    assert receive(world, group, PROVEN.encode() + plain()) == Accept()


def test_the_same_mail_many_times_at_once_is_posted_once(any_world: World) -> None:
    made = create_list(any_world.kit, "group@example.org")
    list(add_members(any_world.kit, made.address, [Newcomer(ANN)]))
    change_list(any_world.kit, made.address, {"sender_proof": "off"})
    with ThreadPoolExecutor(6) as threads:
        decisions = list(threads.map(lambda _: receive(any_world, made, plain()), range(8)))
    assert decisions.count(Accept()) == 1
    assert sum(isinstance(decision, Discard) for decision in decisions) == 7


def anon(world: World, group: MailingList, **mail: str) -> None:
    raw = plain(to="group+anon@example.org", **mail)
    route = ToList(group.id, Shown.ONE_TIME)
    assert receive_post(world.kit, route, from_ann(), raw) == Accept()


def test_a_one_time_handle_is_the_same_within_a_thread_only(
    world: World, group: MailingList
) -> None:
    anon(world, group, message_id="<1@x.net>")
    first = stored(world)
    answer = f"In-Reply-To: {first.message_id}\r\n"
    anon(world, group, message_id="<2@x.net>", extra=answer)
    anon(world, group, message_id="<3@x.net>")
    handles = [stored(world, number).handle for number in (1, 2, 3)]
    assert handles[0] == handles[1] != handles[2]
    assert "Quiet Otter" not in handles
    with world.kit.database.reading() as tx:
        assert all(subscriptions.taken(tx, group.id, skeleton(handle)) for handle in handles)


def test_under_a_one_time_handle_the_usual_one_is_taken_out(
    world: World, group: MailingList
) -> None:
    anon(world, group, body="It was hard today.\n\nYours,\nQuiet Otter")
    assert "Otter" not in stored(world).message.text


def test_a_member_may_always_post_under_one_time_handles(world: World, group: MailingList) -> None:
    with world.kit.database.transaction() as tx:
        ann = subscriptions.of_handle(tx, group.id, "Quiet Otter")
        subscriptions.save(tx, replace(ann, one_time=True), world.clock.now())
    raw = plain()
    receive_post(world.kit, ToList(group.id), from_ann(), raw)
    assert stored(world).handle != "Quiet Otter"
