"""A member moves to another address, takes their data along, and is forgotten."""

import json
import mailbox
from pathlib import Path

import pytest
from sqlalchemy import text

from listserv.domain.envelope import Envelope
from listserv.domain.errors import Refused
from listserv.domain.mailing_list import MailingList
from listserv.domain.routing import Command, ToCommand, ToList
from listserv.domain.subscription import Role
from listserv.services.add_members import Newcomer, add_members
from listserv.services.ask_to_join import ask_to_join
from listserv.services.change_address import ask_to_change_address
from listserv.services.change_list import change_list
from listserv.services.confirm import confirm, leave_alone
from listserv.services.create_list import create_list
from listserv.services.deliver_notices import deliver_notices
from listserv.services.erase_member import erase_member
from listserv.services.export_member import export_member
from listserv.services.invite import invite
from listserv.services.receive_command import receive_command
from listserv.services.receive_post import receive_post
from listserv.services.remove_member import remove_member
from listserv.store import members, owner_letters
from tests.fakes import World
from tests.unit.services.mail_samples import ANN, from_ann, plain

NEW = "ann.new@example.com"


@pytest.fixture
def group(world: World) -> MailingList:
    made = create_list(world.kit, "group@example.org")
    change_list(world.kit, made.address, {"sender_proof": "off"})
    list(add_members(world.kit, made.address, [Newcomer(ANN, handle="Quiet Otter")]))
    return made


def member_id(world: World, address: str = ANN) -> str | None:
    with world.kit.database.reading() as tx:
        found = members.find(tx, world.kit.vault.lookups(address))
    return found.member_id if found else None


def mail(world: World) -> dict[str, str]:
    """What was sent since the last look, by recipient."""
    world.relay.taken.clear()
    deliver_notices(world.kit)
    return {m.recipient: m.content.decode().replace("=\r\n", "") for m in world.relay.taken}


def token_in(content: str) -> str:
    return content.split("/confirm/")[1].split(maxsplit=1)[0]


def move(world: World, to: str = NEW) -> tuple[str, str]:
    """The tokens for the old and the new address."""
    me = member_id(world)
    assert me
    ask_to_change_address(world.kit, me, to)
    sent = mail(world)
    return token_in(sent[ANN]), token_in(sent[to])


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_moving_takes_a_yes_from_both_ends(
    world: World, group: MailingList, order: tuple[int, int]
) -> None:
    me, tokens = member_id(world), move(world)
    assert confirm(world.kit, tokens[order[0]])
    assert member_id(world) == me
    assert confirm(world.kit, tokens[order[1]])
    assert (member_id(world), member_id(world, NEW)) == (None, me)
    assert set(mail(world)) == {ANN, NEW}


def test_one_end_twice_is_not_both(world: World, group: MailingList) -> None:
    first = move(world)
    second = move(world)
    confirm(world.kit, first[0])
    confirm(world.kit, second[0])
    assert member_id(world)


def test_an_address_that_is_a_member_already_is_told_to_the_old_end_only(
    world: World, group: MailingList
) -> None:
    list(add_members(world.kit, group.address, [Newcomer(NEW)]))
    before = member_id(world, NEW)
    for token in move(world):
        confirm(world.kit, token)
    assert member_id(world) and member_id(world, NEW) == before
    assert set(mail(world)) == {ANN}


def test_the_same_address_is_refused(world: World, group: MailingList) -> None:
    with pytest.raises(Refused, match="already"):
        move(world, ANN)


def test_the_data_are_all_there(world: World, group: MailingList, tmp_path: Path) -> None:
    receive_post(world.kit, ToList(group.id), from_ann(), plain("Hello\n\nFrom here on\n"))
    me = member_id(world)
    assert me
    found = export_member(world.kit, me)
    known = json.loads(found.json)
    assert known["address"] == ANN
    assert known["groups"][0]["handle"] == "Quiet Otter"
    assert "From here on" in known["groups"][0]["posts"][0]["text"]
    path = tmp_path / "posts.mbox"
    path.write_bytes(found.mbox)
    posts = list(mailbox.mbox(path))
    assert [post["From"] for post in posts] == ['"Quiet Otter via Group" <group@example.org>']
    assert ANN.encode() not in found.mbox


def test_what_they_wrote_to_a_group_that_they_left_is_there_too(
    world: World, group: MailingList
) -> None:
    other = create_list(world.kit, "other@example.org")
    list(add_members(world.kit, other.address, [Newcomer(ANN)]))
    receive_post(world.kit, ToList(group.id), from_ann(), plain("Hello\n\nFrom here on\n"))
    remove_member(world.kit, group.address, ANN)
    me = member_id(world)
    assert me
    groups = json.loads(export_member(world.kit, me).json)["groups"]
    assert [(one["state"], len(one["posts"])) for one in groups] == [("left", 1), ("active", 0)]


@pytest.mark.parametrize(("with_posts", "left"), [(False, 1), (True, 0)])
def test_who_is_forgotten_leaves_no_address(
    world: World, group: MailingList, with_posts: bool, left: int
) -> None:
    receive_post(world.kit, ToList(group.id), from_ann(), plain())
    ask_to_join(world.kit, group.id, ANN)
    me = member_id(world)
    assert me
    ask_to_change_address(world.kit, me, NEW)
    mail(world)
    erase_member(world.kit, me, with_posts)
    assert "We have erased your address" in mail(world)[ANN]
    erase_member(world.kit, me, with_posts)
    assert member_id(world) is None
    with world.kit.database.reading() as tx:
        counts = [
            tx.session.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608  # our own names
            for table in ("members", "confirmations", "posts")
        ]
    assert counts == [0, 0, left]
    assert states(world) == ["left"]


def test_what_they_wrote_to_the_owners_leads_to_nobody_any_more(
    world: World, group: MailingList
) -> None:
    list(add_members(world.kit, group.address, [Newcomer("olga@example.net", role=Role.OWNER)]))
    for writer in (ANN, NEW):
        raw = plain(sender=writer, message_id=f"<to-owners.{writer}>")
        receive_command(world.kit, ToCommand(group.id, Command.OWNER), Envelope(writer), raw)
    me = member_id(world)
    assert me
    erase_member(world.kit, me, posts=False)
    with world.kit.database.reading() as tx:
        kept = owner_letters.sealed_addresses(tx)
    opened = [world.kit.vault.open(sealed, owner_letters.place(one)) for one, sealed in kept]
    assert opened == [NEW.encode()]


def states(world: World) -> list[str]:
    with world.kit.database.reading() as tx:
        return list(tx.session.scalars(text("SELECT state FROM subscriptions")))


def test_who_wants_to_be_left_alone_is(world: World, group: MailingList) -> None:
    ask_to_join(world.kit, group.id, NEW)
    assert leave_alone(world.kit, token_in(mail(world)[NEW]))
    world.clock.go(days=5)
    ask_to_join(world.kit, group.id, NEW)
    assert invite(world.kit, group.address, [NEW]) == 0
    assert mail(world) == {}
    ask_to_join(world.kit, group.id, NEW, proven=True)
    assert set(mail(world)) == {NEW}


def test_an_invitation_is_enough_where_others_must_wait(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"join": "invite"})
    assert invite(world.kit, group.address, [NEW, NEW]) == 1
    answer = confirm(world.kit, token_in(mail(world)[NEW]))
    assert answer and answer.state == "active"
    assert "Welcome" in mail(world)[NEW]


def test_an_invitation_to_what_is_no_address_sends_none(world: World, group: MailingList) -> None:
    with pytest.raises(Refused):
        invite(world.kit, group.address, [NEW, "nobody"])
    assert mail(world) == {}
