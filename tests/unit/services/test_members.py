"""Joining, changing, leaving, being revealed, and what is left of it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from listserv.domain.decision import Accept, Reject
from listserv.domain.envelope import Envelope
from listserv.domain.errors import NotFound, Refused
from listserv.domain.mailing_list import MailingList
from listserv.domain.routing import Command, ToCommand
from listserv.services.add_members import Newcomer, add_members
from listserv.services.ask_to_join import ask_to_join
from listserv.services.change_list import change_list
from listserv.services.change_member import change_member
from listserv.services.confirm import confirm, peek
from listserv.services.create_list import create_list
from listserv.services.deliver_notices import deliver_notices
from listserv.services.receive_command import receive_command
from listserv.services.remove_member import remove_member
from listserv.services.reveal_member import reveal_member
from listserv.services.rotate_keys import rotate_keys, to_rotate
from listserv.services.show_members import roster
from tests.fakes import KEY, World, build_world
from tests.unit.services.mail_samples import ANN, plain


@pytest.fixture
def group(world: World) -> MailingList:
    return create_list(world.kit, "group@example.org")


def states(world: World) -> list[str]:
    return [s.state for s in roster(world.kit, "group@example.org")]


def mail(world: World) -> list[str]:
    """What was sent to people, as text."""
    deliver_notices(world.kit)
    return [m.content.decode() for m in world.relay.taken]


def token_in(content: str) -> str:
    return content.split("/confirm/")[1].split(maxsplit=1)[0]


def command(world: World, group: MailingList, word: str, token: str = "") -> object:
    route = ToCommand(group.id, Command(word), token)
    return receive_command(world.kit, route, Envelope(ANN), plain(to=f"group-{word}@example.org"))


@pytest.mark.parametrize("name", ["group", "Group-help", "other", "group-bounces+abcdef"])
def test_a_list_is_no_member_of_a_list(world: World, group: MailingList, name: str) -> None:
    create_list(world.kit, "other@example.org")
    (told,) = add_members(world.kit, group.address, [Newcomer(f"{name}@example.org")])
    assert told.problem and not told.new
    assert states(world) == []


@pytest.mark.parametrize("name", ["private", "mailer-daemon", "postmaster"])
def test_some_names_are_not_for_lists(world: World, name: str) -> None:
    with pytest.raises(Refused):
        create_list(world.kit, f"{name}@example.org")


def test_joining_by_mail_takes_one_reply(world: World, group: MailingList) -> None:
    assert command(world, group, "join") == Accept()
    assert states(world) == []
    token = token_in(mail(world)[0])
    assert command(world, group, "confirm", token) == Accept()
    assert states(world) == ["active"]
    assert any("Welcome" in content for content in mail(world))


def test_a_confirmation_works_once(world: World, group: MailingList) -> None:
    ask_to_join(world.kit, group.id, ANN)
    token = token_in(mail(world)[0])
    question = peek(world.kit, token)
    assert question is not None and question.purpose == "join"
    assert confirm(world.kit, token) is not None
    assert confirm(world.kit, token) is None
    used = peek(world.kit, token)
    assert used is not None and not used.open


def test_a_confirmation_runs_out(world: World, group: MailingList) -> None:
    ask_to_join(world.kit, group.id, ANN)
    token = token_in(mail(world)[0])
    world.clock.go(days=4)
    assert confirm(world.kit, token) is None


def test_one_address_is_not_flooded(world: World, group: MailingList) -> None:
    for _ in range(10):
        ask_to_join(world.kit, group.id, ANN)
    assert len(mail(world)) == 2


def test_with_approval_a_moderator_lets_them_in(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"join": "approve"})
    ask_to_join(world.kit, group.id, ANN)
    confirm(world.kit, token_in(mail(world)[0]))
    assert states(world) == ["waiting"]
    change_member(world.kit, group.address, ANN, {"state": "active"}, notify=True)
    assert states(world) == ["active"]
    assert any("Welcome" in content for content in mail(world))


def test_by_invitation_only_nobody_asks_in(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"join": "invite"})
    assert isinstance(command(world, group, "join"), Reject)
    assert mail(world) == []


def test_leaving_by_mail_takes_one_reply(world: World, group: MailingList) -> None:
    list(add_members(world.kit, group.address, [Newcomer(ANN)]))
    command(world, group, "leave")
    assert states(world) == ["active"]
    command(world, group, "confirm", token_in(mail(world)[0]))
    assert states(world) == []


def test_a_stranger_who_asks_to_leave_gets_nothing(world: World, group: MailingList) -> None:
    assert command(world, group, "leave") == Accept()
    assert mail(world) == []


def test_help_is_one_mail(world: World, group: MailingList) -> None:
    command(world, group, "help")
    (only,) = mail(world)
    assert "group-join@example.org" in only and "Auto-Submitted: auto" in only


def test_robots_get_no_answer(world: World, group: MailingList) -> None:
    raw = plain(extra="Auto-Submitted: auto-replied\r\n")
    receive_command(world.kit, ToCommand(group.id, Command.HELP), Envelope(ANN), raw)
    receive_command(world.kit, ToCommand(group.id, Command.HELP), Envelope(""), plain())
    assert mail(world) == []


def test_notices_are_emptied_once_sent(world: World, group: MailingList) -> None:
    ask_to_join(world.kit, group.id, ANN)
    assert len(mail(world)) == 1
    with world.kit.database.reading() as tx:
        row = tx.session.execute(text("SELECT sealed_recipient, sealed_content FROM notices")).one()
    assert tuple(row) == (b"", b"")


def test_the_operator_chooses_how_and_when_digests_come(world: World, group: MailingList) -> None:
    list(add_members(world.kit, group.address, [Newcomer(ANN)]))
    values = {"delivery": "daily", "format": "mime", "hour": "7"}
    changed = change_member(world.kit, group.address, ANN, values)
    assert (changed.digest_format, changed.digest_hour) == ("mime", 7)
    for wrong in ({"hour": "24"}, {"hour": "soon"}, {"format": "paper"}):
        with pytest.raises(Refused):
            change_member(world.kit, group.address, ANN, wrong)


def test_a_handle_is_never_used_again(world: World, group: MailingList) -> None:
    list(add_members(world.kit, group.address, [Newcomer(ANN, handle="Quiet Otter")]))
    remove_member(world.kit, group.address, ANN)
    (again,) = add_members(world.kit, group.address, [Newcomer("b@x.org", handle="Qu1et Otter")])
    assert "in use" in again.problem


def test_a_handle_that_was_given_up_stays_taken(world: World, group: MailingList) -> None:
    list(add_members(world.kit, group.address, [Newcomer(ANN, handle="Quiet Otter")]))
    change_member(world.kit, group.address, ANN, {"handle": "Brave Elk"})
    (again,) = add_members(world.kit, group.address, [Newcomer("b@x.org", handle="Quiet Otter")])
    assert again.problem


def test_who_is_on_no_list_any_more_is_erased(world: World, group: MailingList) -> None:
    list(add_members(world.kit, group.address, [Newcomer(ANN, handle="Quiet Otter")]))
    remove_member(world.kit, group.address, "quiet otter")
    with world.kit.database.reading() as tx:
        assert tx.session.execute(text("SELECT count(*) FROM members")).scalar() == 0
    with pytest.raises(NotFound, match="erased"):
        reveal_member(world.kit, group.address, "Quiet Otter", "a court order")


def test_who_is_on_another_list_is_not(world: World, group: MailingList) -> None:
    other = create_list(world.kit, "other@example.org")
    for address in (group.address, other.address):
        list(add_members(world.kit, address, [Newcomer(ANN)]))
    remove_member(world.kit, group.address, ANN)
    with world.kit.database.reading() as tx:
        assert tx.session.execute(text("SELECT count(*) FROM members")).scalar() == 1


def test_handles_differ_from_list_to_list(world: World, group: MailingList) -> None:
    create_list(world.kit, "other@example.org")
    people = [Newcomer(f"m{i}@example.net") for i in range(40)]
    here = [a.handle for a in add_members(world.kit, group.address, people)]
    there = [a.handle for a in add_members(world.kit, "other@example.org", people)]
    assert sum(a == b for a, b in zip(here, there, strict=True)) <= 2


def test_revealing_is_written_down(world: World, group: MailingList) -> None:
    list(add_members(world.kit, group.address, [Newcomer(ANN, handle="Quiet Otter")]))
    assert reveal_member(world.kit, group.address, "Quiet Otter", "a court order") == ANN
    with world.kit.database.reading() as tx:
        row = tx.session.execute(text("SELECT actor, action, reason FROM audit_log")).one()
    assert tuple(row) == ("operator", "reveal", "a court order")


@pytest.mark.parametrize("reason", ["", "x", f"she is {ANN}"])
def test_revealing_without_a_reason_is_refused(
    world: World, group: MailingList, reason: str
) -> None:
    list(add_members(world.kit, group.address, [Newcomer(ANN, handle="Quiet Otter")]))
    with pytest.raises(Refused):
        reveal_member(world.kit, group.address, "Quiet Otter", reason)


def test_adding_twice_is_no_error(world: World, group: MailingList) -> None:
    twice = [Newcomer(ANN), Newcomer("ANN@example.net")]
    first, second = add_members(world.kit, group.address, twice)
    assert first.new and not second.new and first.handle == second.handle


def test_a_bad_address_does_not_stop_the_others(world: World, group: MailingList) -> None:
    bad, good = add_members(world.kit, group.address, [Newcomer("nonsense"), Newcomer(ANN)])
    assert bad.problem and good.new and "nonsense" not in bad.problem


def test_rotation_moves_everything_to_the_newest_key(world: World, group: MailingList) -> None:
    list(add_members(world.kit, group.address, [Newcomer(f"m{i}@example.net") for i in range(5)]))
    ask_to_join(world.kit, group.id, ANN)
    new = "n" * 40
    both = build_world(world.kit.database.engine, (new, KEY))
    assert to_rotate(both.kit) == 5 + 3  # three sealed columns of the question and its mail
    list(rotate_keys(both.kit))
    assert to_rotate(both.kit) == 0
    only_new = build_world(world.kit.database.engine, (new,))
    handle = next(iter(roster(only_new.kit, group.address))).handle
    assert reveal_member(only_new.kit, group.address, handle, "a test of keys") == "m0@example.net"
    (known,) = add_members(only_new.kit, group.address, [Newcomer("m0@example.net")])
    assert not known.new
    only_new.clock.go(minutes=1)
    deliver_notices(only_new.kit)
    # The question of before, and the word that the address was looked up.
    assert {mail.recipient for mail in only_new.relay.taken} == {ANN, "m0@example.net"}


def test_the_operator_lets_in_who_waits(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"join": "approve"})
    ask_to_join(world.kit, group.id, ANN)
    confirm(world.kit, token_in(mail(world)[0]))
    assert states(world) == ["waiting"]
    (added,) = add_members(world.kit, group.address, [Newcomer(ANN)])
    assert added.new
    assert states(world) == ["active"]


def test_asking_to_join_does_not_use_up_asking_to_leave(world: World, group: MailingList) -> None:
    list(add_members(world.kit, group.address, [Newcomer(ANN)]))
    for _ in range(3):
        ask_to_join(world.kit, group.id, ANN)
    command(world, group, "leave")
    assert any("leave Group" in content for content in mail(world))


def test_many_at_once_are_asked_no_more_often(any_world: World) -> None:
    made = create_list(any_world.kit, "group@example.org")
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: ask_to_join(any_world.kit, made.id, ANN), range(12)))
    assert deliver_notices(any_world.kit) == 2


def test_one_address_added_by_many_at_once_is_one_member(any_world: World) -> None:
    made = create_list(any_world.kit, "group@example.org")

    def add(_: int) -> bool:
        (added,) = add_members(any_world.kit, made.address, [Newcomer(ANN)])
        return added.new

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(add, range(12))) == 1


def test_leaving_one_list_while_joining_another_loses_nobody(any_world: World) -> None:
    here = create_list(any_world.kit, "here@example.org")
    there = create_list(any_world.kit, "there@example.org")
    for number in range(8):
        email = f"m{number}@example.net"
        list(add_members(any_world.kit, here.address, [Newcomer(email)]))
        with ThreadPoolExecutor(2) as threads:
            leaving = threads.submit(remove_member, any_world.kit, here.address, email)
            joining = threads.submit(
                lambda who: list(add_members(any_world.kit, there.address, [Newcomer(who)])), email
            )
            leaving.result()
            joining.result()
    assert len(list(roster(any_world.kit, here.address))) == 0
    assert all(s.member_id for s in roster(any_world.kit, there.address))
    assert len(list(roster(any_world.kit, there.address))) == 8


def test_both_lists_left_at_once_leave_no_address_behind(any_world: World) -> None:
    lists = [create_list(any_world.kit, f"{name}@example.org").address for name in ("a", "b")]
    for number in range(8):
        email = f"m{number}@example.net"
        for address in lists:
            list(add_members(any_world.kit, address, [Newcomer(email)]))
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(lambda at, who=email: remove_member(any_world.kit, at, who), lists))
    with any_world.kit.database.reading() as tx:
        assert tx.session.execute(text("SELECT count(*) FROM members")).scalar() == 0
