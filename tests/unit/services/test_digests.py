"""From posts to digests, and from a digest back to the list."""

import re
from datetime import UTC, datetime
from email import message_from_bytes, policy
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from listserv.domain.anonymous_message import AnonymousMessage, Attachment
from listserv.domain.decision import Accept, Discard, Reject
from listserv.domain.delivery import RelayDown, Sent
from listserv.domain.dkim import DkimAlgorithm
from listserv.domain.envelope import Envelope
from listserv.domain.errors import NotFound
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import NewPost
from listserv.domain.request import (
    Pause,
    Resume,
    SetDelivery,
    SetFormat,
    SetHour,
    SetTimeZone,
)
from listserv.domain.routing import Command, ToCommand, ToList
from listserv.domain.subscription import DeliveryMode, DigestFormat, Subscription
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.change_person import change_person
from listserv.services.change_subscription import change_subscription
from listserv.services.create_dkim_keys import create_dkim_keys
from listserv.services.create_list import create_list
from listserv.services.deliver import deliver
from listserv.services.deliver_digests import deliver_digests
from listserv.services.deliver_notices import deliver_notices
from listserv.services.fan_out import fan_out
from listserv.services.issue_digests import issue_digests, issue_digests_now
from listserv.services.leave_by_token import leave_by_token
from listserv.services.preview_digest import preview_digest
from listserv.services.receive_command import receive_command
from listserv.services.receive_post import receive_post
from listserv.services.status import status
from listserv.store import members, posts, subscriptions
from listserv.store.tables import PostRow
from tests.fakes import World
from tests.unit.services.mail_samples import ANN, from_ann, plain

BEN = "ben@example.net"


@pytest.fixture
def group(world: World) -> MailingList:
    """Ann reads each post, Ben a digest."""
    made = create_list(world.kit, "group@example.org", "Evenings")
    daily = Newcomer(BEN, delivery=DeliveryMode.DAILY)
    list(add_members(world.kit, made.address, [Newcomer(ANN), daily]))
    return change_list(world.kit, made.address, {"sender_proof": "off"})


def write(world: World, group: MailingList, body: str, **fields: Any) -> int:
    """Ann writes; the number of her post."""
    with world.kit.database.reading() as tx:
        number = len(tx.session.scalars(select(PostRow.id)).all()) + 1
    mail = plain(body=body, message_id=f"<{number}@example.net>", **fields)
    assert receive_post(world.kit, ToList(group.id), from_ann(), mail) == Accept()
    fan_out(world.kit)
    return number


def digests(world: World) -> list[Any]:
    """What Ben has of digests after another day."""
    world.clock.go(days=1)
    for_group = 1
    issue_digests(world.kit, for_group)
    deliver_digests(world.kit, for_group)
    return sent(world)


def sent(world: World) -> list[Any]:
    taken = [m.content for m in world.relay.taken if m.recipient == BEN and m.return_path]
    return [message_from_bytes(content, policy=policy.default) for content in taken]


def text_of(mail: Any) -> str:
    return str(mail.get_body(("plain",)).get_content())


def bens(world: World, group: MailingList) -> Subscription:
    with world.kit.database.reading() as tx:
        member = members.find(tx, world.kit.vault.lookups(BEN))
        assert member
        mine = subscriptions.of_member(tx, group.id, member.member_id)
        assert mine
        return mine


def change(world: World, group: MailingList, what: Any) -> None:
    mine = bens(world, group)
    change_subscription(world.kit, mine.member_id or "", mine.id, what)


def test_a_day_of_posts_is_one_mail(world: World, group: MailingList) -> None:
    write(world, group, "First words.")
    write(world, group, "Second words.")
    (digest,) = digests(world)
    assert digest["Subject"] == "Evenings Digest, Vol 1, Issue 1"
    assert "First words." in text_of(digest) and "Second words." in text_of(digest)
    assert len(digests(world)) == 1  # nothing new, no mail
    assert status(world.kit).deliveries["sent"] == 3


def test_after_days_without_a_scheduler_one_digest_has_all(
    world: World, group: MailingList
) -> None:
    for number in range(3):
        write(world, group, f"Words of day {number}.")
        world.clock.go(days=1)
    (digest,) = digests(world)
    assert all(f"Words of day {number}." in text_of(digest) for number in range(3))


def test_what_was_erased_before_it_goes_out_is_not_in_it(world: World, group: MailingList) -> None:
    write(world, group, "Words to regret.")
    write(world, group, "Other words.")
    world.clock.go(days=1)
    issue_digests(world.kit, group.id)
    with world.kit.database.transaction() as tx:
        tx.session.delete(tx.session.get_one(PostRow, 1))
    deliver_digests(world.kit, group.id)
    (digest,) = sent(world)
    assert "Other words." in text_of(digest) and "regret" not in str(digest)


def test_a_digest_is_built_anew_once_a_post_was_erased(world: World, group: MailingList) -> None:
    """The copy for the second reader was written after the first one's."""
    another = Newcomer("zoe@example.net", delivery=DeliveryMode.DAILY)
    list(add_members(world.kit, group.address, [another]))
    write(world, group, "Words to regret.")
    write(world, group, "Other words.")
    world.clock.go(days=1)
    issue_digests(world.kit, group.id)
    world.relay.answers = [Sent(), RelayDown()]
    deliver_digests(world.kit, group.id)
    with world.kit.database.transaction() as tx:
        tx.session.delete(tx.session.get_one(PostRow, 1))
    world.clock.go(minutes=2)
    deliver_digests(world.kit, group.id)
    first, second = [m.content for m in world.relay.taken if b"Digest, Vol" in m.content]
    assert b"regret" in first and b"regret" not in second


@pytest.mark.parametrize("late", [False, True])
def test_the_date_is_that_of_ones_own_digest(world: World, group: MailingList, late: bool) -> None:
    """Ben gets what Zoe had three hours before; at which hour she reads is not his to know.

    late: the relay was away, and both copies are sent together.
    """
    zoe = Newcomer("zoe@example.net", delivery=DeliveryMode.DAILY)
    list(add_members(world.kit, group.address, [zoe]))
    change(world, group, SetHour(11))
    write(world, group, "Words.")
    for hours in (20, 3):  # at eight, as everybody who has chosen nothing, and at eleven
        world.clock.go(hours=hours)
        issue_digests(world.kit, group.id)
        if not late:
            deliver_digests(world.kit, group.id)
    deliver_digests(world.kit, group.id)
    zoes, bens = [
        message_from_bytes(m.content, policy=policy.default)
        for m in world.relay.taken
        if b"Digest, Vol" in m.content
    ]
    assert zoes["Message-ID"] == bens["Message-ID"]  # one build for both
    assert [zoes["Date"].datetime.hour, bens["Date"].datetime.hour] == [8, 11]


def test_a_signature_does_not_tell_when_others_read(world: World, group: MailingList) -> None:
    """Ben lives where clocks are half an hour off, and shares the digest that Zoe had before."""
    create_dkim_keys(world.kit, "example.org", {DkimAlgorithm.ED25519: "one"})
    list(
        add_members(world.kit, group.address, [Newcomer("zoe@x.net", delivery=DeliveryMode.DAILY)])
    )
    change_person(world.kit, bens(world, group).member_id or "", SetTimeZone("Asia/Kolkata"))
    change(world, group, SetHour(14))
    write(world, group, "Words.")
    for minutes in (20 * 60 + 7, 30):
        world.clock.go(minutes=minutes)
        issue_digests(world.kit, group.id)
        deliver_digests(world.kit, group.id)
    times = [re.findall(rb" t=(\d+);", m.content) for m in world.relay.taken]
    told = [datetime.fromtimestamp(int(found[0]), UTC) for found in times if found]
    zoes, bens_own = told[-2:]
    assert len(sent(world)) == 1
    assert (zoes.minute, bens_own.minute) == (0, 0)


def test_nothing_is_sent_when_all_of_it_was_erased(world: World, group: MailingList) -> None:
    write(world, group, "Words to regret.")
    with world.kit.database.transaction() as tx:
        tx.session.delete(tx.session.get_one(PostRow, 1))
    assert digests(world) == []
    write(world, group, "Other words.")
    world.clock.go(days=1)
    issue_digests(world.kit, group.id)
    with world.kit.database.transaction() as tx:
        tx.session.delete(tx.session.get_one(PostRow, 2))
    deliver_digests(world.kit, group.id)
    assert sent(world) == []


def test_a_break_is_quiet_and_loses_nothing_from_before(world: World, group: MailingList) -> None:
    write(world, group, "Before the break.")
    change(world, group, Pause())
    assert digests(world) == []
    write(world, group, "During the break.")
    change(world, group, Resume())
    deliver_digests(world.kit, group.id)
    (digest,) = sent(world)
    assert "Before the break." in text_of(digest)
    assert "During the break." not in str(digest)
    write(world, group, "After the break.")
    assert "After the break." in text_of(digests(world)[-1])


def test_who_wants_each_post_gets_the_rest_at_once(world: World, group: MailingList) -> None:
    write(world, group, "In the last digest.")
    change(world, group, SetDelivery(DeliveryMode.EACH))
    deliver_digests(world.kit, group.id)
    write(world, group, "On its own.")
    deliver(world.kit, group.id)
    assert ["In the last digest." in text_of(mail) for mail in sent(world)] == [True, False]


def test_who_leaves_gets_none(world: World, group: MailingList) -> None:
    write(world, group, "Words.")
    world.clock.go(days=1)
    issue_digests(world.kit, group.id)
    leave_by_token(world.kit, world.kit.tokens.unsubscribe(bens(world, group).id))
    deliver_digests(world.kit, group.id)
    assert sent(world) == []


def test_on_demand_only_those_who_were_meant(world: World, group: MailingList) -> None:
    write(world, group, "Words.")
    assert issue_digests_now(world.kit, group.address, DeliveryMode.WEEKLY) == 0
    assert issue_digests_now(world.kit, group.address, DeliveryMode.DAILY) == 1
    assert issue_digests_now(world.kit, group.address) == 0


def thread_address(world: World, post_id: int) -> ToList:
    return ToList(1, post=world.kit.tokens.post(post_id))


def answer(world: World, route: ToList, body: str = "Me too.", **fields: Any) -> Any:
    mail = plain(body=body, sender=BEN, message_id="<answer@example.net>", **fields)
    return receive_post(world.kit, route, Envelope(BEN, trusted=True), mail)


def newest(world: World) -> Any:
    with world.kit.database.reading() as tx:
        return posts.get(tx, max(tx.session.scalars(select(PostRow.id))))


def test_an_answer_to_one_post_lands_in_its_thread(world: World, group: MailingList) -> None:
    write(world, group, "First words.")
    write(world, group, "Other words.")
    assert answer(world, thread_address(world, 1)) == Accept()
    with world.kit.database.reading() as tx:
        first = posts.get(tx, 1)
        assert first
    assert newest(world).references == (first.message_id,)


def test_an_answer_to_a_post_that_is_gone_begins_anew(world: World, group: MailingList) -> None:
    write(world, group, "First words.")
    with world.kit.database.transaction() as tx:
        tx.session.delete(tx.session.get_one(PostRow, 1))
    assert answer(world, thread_address(world, 1)) == Accept()
    assert newest(world).references == ()


def test_a_post_of_another_list_is_no_thread_here(world: World, group: MailingList) -> None:
    other = create_list(world.kit, "other@example.org")
    list(add_members(world.kit, other.address, [Newcomer(ANN)]))
    change_list(world.kit, other.address, {"sender_proof": "off"})
    write(world, other, "Somewhere else.")
    assert answer(world, thread_address(world, 1)) == Accept()
    assert newest(world).references == ()


def test_an_address_that_is_not_ours_is_refused(world: World, group: MailingList) -> None:
    assert isinstance(answer(world, ToList(1, post="a" * 26)), Reject)


def subject_of_digest(world: World, group: MailingList) -> tuple[str, str]:
    """An answer's Subject, and the field by which it refers to Ben's digest."""
    write(world, group, "I slept badly again this week.")
    write(world, group, "The kettle is on at seven.")
    (digest,) = digests(world)
    return f"Re: {digest['Subject']}", f"In-Reply-To: {digest['Message-ID']}\r\n"


@pytest.mark.parametrize("known_by", ["subject", "reference"])
def test_an_answer_to_a_whole_digest_comes_back_with_a_word(
    world: World, group: MailingList, known_by: str
) -> None:
    subject, reference = subject_of_digest(world, group)
    fields = {"subject": subject} if known_by == "subject" else {"extra": reference}
    assert isinstance(answer(world, ToList(1), **fields), Discard)
    deliver_notices(world.kit)
    notice = world.relay.taken[-1]
    assert notice.recipient == BEN
    assert b"Me too." in notice.content and b"your answer was not sent" in notice.content
    assert "Me too." not in newest(world).message.text


@pytest.mark.parametrize(
    "quote", ["> I slept badly again this week.", "> To answer: group-thread+{}@example.org"]
)
def test_one_that_quotes_one_post_is_an_answer_to_that(
    world: World, group: MailingList, quote: str
) -> None:
    subject, reference = subject_of_digest(world, group)
    body = f"{quote.format(world.kit.tokens.post(1))}\n\nMe too."
    assert answer(world, ToList(1), body, subject=subject, extra=reference) == Accept()
    with world.kit.database.reading() as tx:
        first = posts.get(tx, 1)
        assert first
    assert newest(world).references == (first.message_id,)
    assert newest(world).message.subject == "Re: Hello"
    assert "group-thread" not in newest(world).message.text


def test_a_stranger_who_answers_a_digest_gets_no_mail(world: World, group: MailingList) -> None:
    subject, _ = subject_of_digest(world, group)
    mail = plain(subject=subject, sender="eve@example.com", message_id="<e@example.com>")
    before = len(world.relay.taken)
    receive_post(world.kit, ToList(1), from_ann(), mail)
    deliver_notices(world.kit)
    assert len(world.relay.taken) == before


def test_the_index_names_an_address_that_sends_the_post(world: World, group: MailingList) -> None:
    change(world, group, SetFormat(DigestFormat.INDEX))
    write(world, group, "Words to ask for.")
    (index,) = digests(world)
    assert "Words to ask for." not in text_of(index)
    token = world.kit.tokens.post(1)
    assert f"group-get+{token}@example.org" in text_of(index)
    ask = ToCommand(1, Command.GET, token)
    for _ in range(3):  # asking again within the hour changes nothing
        receive_command(world.kit, ask, from_ann(), plain(sender=BEN))
        deliver(world.kit, group.id)
    assert ["Words to ask for." in text_of(mail) for mail in sent(world)] == [False, True]
    world.clock.go(hours=2)
    receive_command(world.kit, ask, from_ann(), plain(sender=BEN))
    deliver(world.kit, group.id)
    assert len(sent(world)) == 3


def test_nobody_else_gets_a_post_by_asking(world: World, group: MailingList) -> None:
    write(world, group, "Words.")
    before = len(world.relay.taken)
    ask = ToCommand(1, Command.GET, world.kit.tokens.post(1))
    receive_command(world.kit, ask, from_ann(), plain(sender="eve@example.com"))
    deliver(world.kit, group.id)
    assert len(world.relay.taken) == before


def add_with_picture(world: World, group: MailingList, side: int) -> None:
    out = BytesIO()
    Image.effect_noise((side, side), 20).convert("RGB").save(out, "JPEG", quality=95)
    file = Attachment("picture-1.jpg", "image/jpeg", out.getvalue())
    words = AnonymousMessage("A pond", "Look.\n", "", (file,))
    now = world.clock.now()
    with world.kit.database.transaction() as tx:
        new = NewPost(group.id, None, "Elk", words, (), "<p@x>", (), None, now, "<p@x>")
        posts.add(tx, new, accepted_at=now)
    fan_out(world.kit)


def test_a_large_picture_comes_scaled(world: World, group: MailingList) -> None:
    add_with_picture(world, group, 1600)
    (digest,) = digests(world)
    (picture,) = [part for part in digest.walk() if part.get_content_maintype() == "image"]
    with Image.open(BytesIO(picture.get_content())) as shown:
        assert max(shown.size) <= 1000
    assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in str(
        digest.get_body(("html",)).get_content()
    )


def test_one_that_stays_too_large_is_named(
    world: World, group: MailingList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("listserv.services.build_digest.LARGEST_PICTURE", 1000)
    add_with_picture(world, group, 1600)
    (digest,) = digests(world)
    assert not [part for part in digest.walk() if part.get_content_maintype() == "image"]
    assert "A picture was left out here" in text_of(digest)


def test_a_member_can_look_at_what_is_to_come(world: World, group: MailingList) -> None:
    mine = bens(world, group)
    assert preview_digest(world.kit, mine.member_id or "", mine.id).html == ""
    write(world, group, "Words <b>to come</b>.")
    shown = preview_digest(world.kit, mine.member_id or "", mine.id)
    assert shown.posts == 1 and shown.due is not None
    assert "Words &lt;b&gt;to come&lt;/b&gt;." in shown.html
    add_with_picture(world, group, 300)
    look = preview_digest(world.kit, mine.member_id or "", mine.id).html
    assert "[A picture from Elk]" in look and "left out" not in look
    with pytest.raises(NotFound):
        preview_digest(world.kit, "somebody else", mine.id)
    assert len(digests(world)) == 1  # looking changes nothing
