"""Posts that wait: who is told, what a reply decides, and what time does to them."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.message import Message

import pytest

from listserv.domain.audit import Intact
from listserv.domain.decision import Accept, Hold
from listserv.domain.envelope import Envelope
from listserv.domain.held import Ruling
from listserv.domain.language import Language
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import PostState
from listserv.domain.routing import Command, ToCommand, ToList
from listserv.domain.subscription import Role
from listserv.mail.canned_reasons import reason_in_words
from listserv.services.add_members import Newcomer, add_members
from listserv.services.ban_member import ban_member
from listserv.services.change_list import change_list
from listserv.services.change_member import change_member
from listserv.services.create_list import create_list
from listserv.services.decide_by_token import peek_held
from listserv.services.deliver_notices import deliver_notices
from listserv.services.fan_out import fan_out
from listserv.services.moderate import close_thread, held_posts, queue, reject
from listserv.services.read_audit import newest, verify_log
from listserv.services.receive_command import receive_command
from listserv.services.receive_post import receive_post
from listserv.services.sweep import sweep
from listserv.services.tell_moderators import MOST_AN_HOUR, tell_moderators
from listserv.store import posts
from tests.fakes import World
from tests.unit.services.mail_samples import ANN, plain

MEG, MAX, OLGA = "meg@example.net", "max@example.net", "olga@example.net"
EVE = "eve@example.com"


@pytest.fixture
def group(world: World) -> MailingList:
    made = create_list(world.kit, "group@example.org", preset_name="peer-support")
    people = [
        Newcomer(ANN, handle="Quiet Otter"),
        Newcomer(MEG, handle="Warm Lantern", role=Role.MODERATOR),
        Newcomer(MAX, handle="Blue Heron", role=Role.MODERATOR),
        Newcomer(OLGA, handle="Still Water", role=Role.OWNER),
    ]
    list(add_members(world.kit, made.address, people))
    return change_list(world.kit, made.address, {"sender_proof": "off"})


def post(world: World, group: MailingList, number: int = 1, **more: str) -> object:
    raw = plain(message_id=f"<{number}@example.net>", **more)
    return receive_post(world.kit, ToList(group.id), Envelope(ANN, trusted=True), raw)


def mailed(world: World) -> dict[str, list[Message]]:
    """What went out since the last look, by recipient."""
    tell_moderators(world.kit)
    deliver_notices(world.kit)
    found: dict[str, list[Message]] = {}
    for one in world.relay.taken:
        found.setdefault(one.recipient, []).append(message_from_bytes(one.content))
    world.relay.taken.clear()
    return found


def accepted(world: World) -> list[int]:
    """The posts that go out, of the first few."""
    with world.kit.database.reading() as tx:
        found = [posts.get(tx, number) for number in range(1, 10)]
    return [one.id for one in found if one and one.state is PostState.ACCEPTED]


def text_of(mail: Message) -> str:
    return mail.get_payload(decode=True).decode()  # type: ignore[union-attr]


def token_of(mail: Message) -> str:
    found = re.search(r"group-(?:held|confirm)\+([a-z2-7]{26})@", str(mail["Reply-To"]))
    assert found
    return found[1]


def reply(  # to what, by whom
    world: World,
    group: MailingList,
    mail: Message,
    sender: str,
    words: str,
    name: str = "Ann Marten",
) -> None:
    command = Command.HELD if "-held+" in str(mail["Reply-To"]) else Command.CONFIRM
    route = ToCommand(group.id, command, token_of(mail))
    extra = "In-Reply-To: <x@example.org>\r\n"
    raw = plain("Re: a post", words, sender, extra=extra, name=name)
    assert receive_command(world.kit, route, Envelope(sender), raw) == Accept()


def test_each_moderator_and_the_author_are_told_and_nobody_else(
    world: World, group: MailingList
) -> None:
    assert isinstance(post(world, group), Hold)
    mails = mailed(world)
    assert set(mails) == {ANN, MEG, MAX}
    (notice,) = mails[MEG]
    assert "Quiet Otter" in text_of(notice) and "Good morning everyone." in text_of(notice)
    assert ANN not in notice.as_string() and "Marten" not in notice.as_string()
    assert token_of(notice) != token_of(mails[MAX][0])


def test_approve_by_a_reply_sends_it_and_the_second_hears_who_was_first(
    world: World, group: MailingList
) -> None:
    post(world, group)
    mails = mailed(world)
    reply(world, group, mails[MEG][0], MEG, "Approve\n\n> A post by Quiet Otter waits")
    assert accepted(world) == [1]
    assert "on its way to the group" in text_of(mailed(world)[MEG][0])
    reply(world, group, mails[MAX][0], MAX, "reject: too long")
    late = text_of(mailed(world)[MAX][0])
    assert "Warm Lantern was first" in late and "went out" in late
    assert accepted(world) == [1]


def test_reject_gives_the_text_back_with_the_words(world: World, group: MailingList) -> None:
    post(world, group)
    reply(world, group, mailed(world)[MEG][0], MEG, "reject please name nobody")
    mails = mailed(world)
    returned = text_of(mails[ANN][0])
    assert "please name nobody" in returned and "Good morning everyone." in returned
    assert list(held_posts(world.kit, group.address)) == []


SIGN_OFFS = [
    "\n\nMeg Baker\nmeg@example.net",
    "\nMeg",
    "\n\nMegs",
    "\n\nBest wishes,\nMeg",
    "\n\nThanks,\n\nMeg Baker\nModerator, +44 20 7946 0958"
    "\n\nOn Mon, 23 Nov 2026, group wrote:\n> A post",
    "\n\n-- \nMeg Baker",
]


def they_wrote(mail: Message) -> str:
    """The moderator's words, without the line ends that a mail puts into them."""
    found = re.search(r"They wrote:(.*?)\n\n", text_of(mail).replace("\r\n", "\n"), re.S)
    return " ".join(found[1].split()) if found else ""


@pytest.mark.parametrize("sign_off", SIGN_OFFS)
def test_the_author_does_not_learn_who_signed_the_words(
    world: World, group: MailingList, sign_off: str
) -> None:
    post(world, group)
    words = f"reject Please leave out the shouting, thank you.\n\nAnd be brief.{sign_off}"
    reply(world, group, mailed(world)[MEG][0], MEG, words, "Meg Baker")
    (returned,) = mailed(world)[ANN]
    said = they_wrote(returned)
    assert said.startswith("Please leave out the shouting, thank you. And be brief.")
    assert not re.search("meg|baker|0958", returned.as_string() + text_of(returned), re.I)


@pytest.mark.parametrize("sign_off", SIGN_OFFS)
def test_a_sign_off_changes_no_canned_reason(
    world: World, group: MailingList, sign_off: str
) -> None:
    post(world, group)
    reply(world, group, mailed(world)[MEG][0], MEG, f"reject Tone.{sign_off}", "Meg Baker")
    said = they_wrote(mailed(world)[ANN][0])
    assert said == reason_in_words("tone", Language.ENGLISH)


@pytest.mark.parametrize("sign_off", SIGN_OFFS)
def test_a_sign_off_alone_is_no_reason(world: World, group: MailingList, sign_off: str) -> None:
    post(world, group)
    reply(world, group, mailed(world)[MEG][0], MEG, f"reject{sign_off}", "Meg Baker")
    (returned,) = mailed(world)[ANN]
    assert they_wrote(returned) == "" and "Good morning everyone." in text_of(returned)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("reject Spam", "Spam"),
        ("Reject: too long", "too long"),
        ("reject\n\nPlease name nobody.\n\nThat is all.", "Please name nobody. That is all."),
        ("reject tone\n\nYour words hurt.", "tone Your words hurt."),
        ("reject " + "long " * 196 + "words of Meg Baker", "long " * 196 + "words of [name]"),
    ],
)
def test_the_other_words_reach_the_author(
    world: World, group: MailingList, words: str, said: str
) -> None:
    post(world, group)
    reply(world, group, mailed(world)[MEG][0], MEG, words, "Meg Baker")
    assert they_wrote(mailed(world)[ANN][0]) == said


def test_a_canned_reason_comes_in_the_authors_language(world: World, group: MailingList) -> None:
    post(world, group)
    reply(world, group, mailed(world)[MEG][0], MEG, "reject tone")
    assert "more gently" in text_of(mailed(world)[ANN][0])


def test_trust_lets_the_next_post_out_at_once(world: World, group: MailingList) -> None:
    post(world, group)
    reply(world, group, mailed(world)[MEG][0], MEG, "trust")
    assert post(world, group, 2, body="Good evening.") == Accept()


def test_a_forwarded_notice_lets_nobody_else_decide(world: World, group: MailingList) -> None:
    post(world, group)
    notice = mailed(world)[MEG][0]
    reply(world, group, notice, EVE, "approve")
    reply(world, group, notice, MAX, "approve")
    assert len(held_posts(world.kit, group.address)) == 1
    assert mailed(world) == {}


def test_a_forged_reply_is_none_where_proof_is_wanted(world: World, group: MailingList) -> None:
    post(world, group)
    change_list(world.kit, group.address, {"sender_proof": "ask"})
    reply(world, group, mailed(world)[MEG][0], MEG, "approve")
    assert len(held_posts(world.kit, group.address)) == 1


def test_who_moderates_no_more_has_no_say(world: World, group: MailingList) -> None:
    post(world, group)
    notice = mailed(world)[MEG][0]
    change_member(world.kit, group.address, MEG, {"role": "member"})
    reply(world, group, notice, MEG, "approve")
    assert len(held_posts(world.kit, group.address)) == 1
    assert peek_held(world.kit, token_of(notice)) is None


def test_thanks_is_no_decision(world: World, group: MailingList) -> None:
    post(world, group)
    reply(world, group, mailed(world)[MEG][0], MEG, "Thanks, I will look tonight")
    mails = mailed(world)
    assert "Nothing was changed" in text_of(mails[MEG][0])
    reply(world, group, mails[MEG][0], MEG, "aprobar")
    assert accepted(world) == [1]


def test_its_author_can_take_it_back_and_do_nothing_more(world: World, group: MailingList) -> None:
    post(world, group)
    mails = mailed(world)
    (waits,) = mails[ANN]
    assert "withdraw" in text_of(waits)
    reply(world, group, waits, ANN, "approve")
    assert len(held_posts(world.kit, group.address)) == 1
    reply(world, group, waits, ANN, "withdraw")
    assert list(held_posts(world.kit, group.address)) == []
    mailed(world)
    reply(world, group, mails[MEG][0], MEG, "approve")
    assert "took the post back" in text_of(mailed(world)[MEG][0])


def test_its_author_learns_from_nothing_who_decides(world: World, group: MailingList) -> None:
    post(world, group, 1)
    reply(world, group, mailed(world)[MEG][0], MEG, "discard")
    mailed(world)

    post(world, group, 2)
    mails = mailed(world)
    own, moderators = (peek_held(world.kit, token_of(mails[who][0])) for who in (ANN, MAX))
    assert moderators and moderators.waiting and len(moderators.waiting.history) == 1
    assert own and own.waiting and own.waiting.history == ()

    reply(world, group, mails[MEG][0], MEG, "discard")
    reply(world, group, mails[ANN][0], ANN, "withdraw")
    said = text_of(mailed(world)[ANN][0])
    assert "somebody was first" in said and "Warm Lantern" not in said
    seen = peek_held(world.kit, token_of(mails[ANN][0]))
    assert seen and seen.ruled and seen.ruled.moderator == ""


def test_a_flood_is_told_of_in_few_mails(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"posts_per_hour": "none"})
    for number in range(MOST_AN_HOUR + 5):
        post(world, group, number, body=f"Post {number}.")
    assert len(mailed(world)[MEG]) == MOST_AN_HOUR


def test_nobody_answers_for_two_days_so_the_owner_hears_and_then_the_operator(
    world: World, group: MailingList
) -> None:
    post(world, group)
    mailed(world)
    world.clock.go(days=2, minutes=1)
    sweep(world.kit)
    (late,) = [m for m in mailed(world)[OLGA] if "nobody has looked" in text_of(m)]
    assert "Quiet Otter" not in text_of(late)
    sweep(world.kit)
    assert mailed(world) == {}


def test_without_moderators_owners_are_asked_at_once(world: World, group: MailingList) -> None:
    for one in (MEG, MAX):
        change_member(world.kit, group.address, one, {"role": "member"})
    post(world, group)
    assert OLGA in mailed(world)


def test_what_waits_is_summed_up_once_a_day(world: World, group: MailingList) -> None:
    post(world, group)
    mailed(world)
    world.clock.go(hours=21)
    sweep(world.kit)
    sweep(world.kit)
    (summary,) = mailed(world)[MEG]
    assert "Quiet Otter: Hello" in text_of(summary)


def test_what_waits_too_long_goes_back(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"keep_held": "1"})
    post(world, group)
    mailed(world)
    world.clock.go(days=1, hours=1)
    sweep(world.kit)
    mails = mailed(world)
    assert "Good morning everyone." in text_of(mails[ANN][0])
    assert any("too long" in text_of(mail) for mail in mails[MEG])
    assert list(held_posts(world.kit, group.address)) == []


def test_what_waits_is_not_erased_before_anybody_decides_and_it_has_gone_out(
    world: World, group: MailingList
) -> None:
    change_list(world.kit, group.address, {"keep_posts": "2", "keep_held": "14"})
    post(world, group)
    notice = mailed(world)[MEG][0]
    world.clock.go(days=3)
    sweep(world.kit)
    reply(world, group, notice, MEG, "approve")
    sweep(world.kit)
    fan_out(world.kit)
    copies = [mail for mail in mailed(world)[MAX] if "List-Post" in mail]
    assert len(copies) == 1 and "Good morning everyone." in text_of(copies[0])
    world.clock.go(days=2, hours=1)
    sweep(world.kit)
    assert accepted(world) == []


def test_a_reply_about_a_post_that_went_with_its_author_changes_nothing(
    world: World, group: MailingList
) -> None:
    post(world, group)
    notice = mailed(world)[MEG][0]
    ban_member(world.kit, group.address, "Quiet Otter")
    mailed(world)
    reply(world, group, notice, MEG, "approve")
    assert accepted(world) == []
    assert "do not need to do anything more" in text_of(mailed(world)[MEG][0])


def test_the_queue_says_why_who_and_what_was_decided_before(
    world: World, group: MailingList
) -> None:
    post(world, group)
    reply(world, group, mailed(world)[MEG][0], MEG, "approve")
    post(world, group, 2, body="Good evening.")
    found = queue(world.kit, group.id)
    assert found.total == 1
    (waiting,) = found.waiting
    assert waiting.post.handle == "Quiet Otter" and waiting.since is not None
    assert "first posts" in waiting.why
    assert [(one.ruling, one.moderator) for one in waiting.history] == [
        (Ruling.APPROVE, "Warm Lantern")
    ]


def test_a_closed_conversation_takes_no_answer(world: World, group: MailingList) -> None:
    change_member(world.kit, group.address, ANN, {"trusted": "yes"})
    assert post(world, group) == Accept()
    with world.kit.database.reading() as tx:
        from listserv.store import posts

        first = posts.get(tx, 1)
    assert first
    close_thread(world.kit, group.id, 1, closed=True)
    answer = {"body": "I agree.", "extra": f"In-Reply-To: {first.message_id}\r\n"}
    assert getattr(post(world, group, 2, **answer), "reason").code == "closed"  # noqa: B009
    close_thread(world.kit, group.id, 1, closed=False)
    assert post(world, group, 3, **answer) == Accept()


def test_decisions_stand_in_the_log_without_words_of_the_post(
    world: World, group: MailingList
) -> None:
    post(world, group)
    reply(world, group, mailed(world)[MEG][0], MEG, "reject please name nobody")
    line = newest(world.kit)[0]
    assert (line.actor, line.action, line.post_id) == ("Warm Lantern", "reject", 1)
    assert line.reason == ""
    assert isinstance(verify_log(world.kit), Intact)


def test_the_operators_own_words_do_not_tell_who_they_are(world: World, group: MailingList) -> None:
    post(world, group)
    mailed(world)
    kit = replace(world.kit, operator="zelda.quist@example.net")
    (held_post,) = held_posts(kit, group.address)
    words = "Please come again later.\n\nZelda Quist\nzelda.quist@example.net"
    assert reject(kit, group.address, held_post.post.id, words)
    assert they_wrote(mailed(world)[ANN][0]) == "Please come again later."
