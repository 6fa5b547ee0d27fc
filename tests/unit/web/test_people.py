"""The people of a list on pages: requests to join, notes, and what moderators decide."""

import re

import pytest
from flask.testing import FlaskClient

from listserv.domain.mailing_list import MailingList
from listserv.domain.subscription import Role, Subscription, SubscriptionState
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.change_member import change_member
from listserv.services.deliver_notices import deliver_notices
from listserv.store import audit, subscriptions
from tests.fakes import World
from tests.unit.web.pages import ANN, LIST, confirm_path, main, newest_mail, send, sign_in

BEN = "ben@example.net"
PAGE = f"{LIST}/members"


@pytest.fixture
def frog(world: World, group: MailingList) -> Subscription:
    list(add_members(world.kit, group.address, [Newcomer(BEN, handle="Green Frog")]))
    return found(world, group, "Green Frog")


@pytest.fixture
def owner(client: FlaskClient, world: World, group: MailingList) -> FlaskClient:
    newcomer = Newcomer(ANN, handle="Quiet Otter", role=Role.OWNER)
    list(add_members(world.kit, group.address, [newcomer]))
    sign_in(client, world)
    return client


def found(world: World, group: MailingList, handle: str) -> Subscription:
    with world.kit.database.reading() as tx:
        return subscriptions.of_handle(tx, group.id, handle)


def test_the_roster_shows_handles_and_no_address(owner: FlaskClient, frog: Subscription) -> None:
    page = owner.get(PAGE).text
    assert "Green Frog" in page and "Quiet Otter" in page
    assert BEN not in page and ANN not in page


def test_who_waits_is_let_in_and_welcomed(
    owner: FlaskClient, world: World, group: MailingList, frog: Subscription
) -> None:
    change_member(world.kit, group.address, "Green Frog", {"state": "waiting"})
    assert "They would like to join" in owner.get(PAGE).text
    assert send(owner, f"{PAGE}/{frog.id}", do="let_in").status_code == 303
    assert found(world, group, "Green Frog").state is SubscriptionState.ACTIVE
    assert "Green Frog" in newest_mail(world)


def test_who_is_turned_down_is_told_and_gone(
    owner: FlaskClient, world: World, group: MailingList, frog: Subscription
) -> None:
    change_member(world.kit, group.address, "Green Frog", {"state": "waiting"})
    send(owner, f"{PAGE}/{frog.id}", do="turn_down")
    assert found(world, group, "Green Frog").state is SubscriptionState.LEFT
    assert "cannot let you in" in newest_mail(world)


@pytest.mark.parametrize(
    ("watch", "moderated", "trusted"),
    [("always", True, False), ("never", False, True), ("first", False, False)],
)
def test_whose_messages_are_read_first(
    owner: FlaskClient, world: World, group: MailingList, frog: Subscription,
    watch: str, moderated: bool, trusted: bool,
) -> None:  # fmt: skip
    send(owner, f"{PAGE}/{frog.id}", do="watch", watch=watch)
    now = found(world, group, "Green Frog")
    assert (now.moderated, now.trusted) == (moderated, trusted)


def test_muted_until_a_day_and_not_any_more(
    owner: FlaskClient, world: World, group: MailingList, frog: Subscription
) -> None:
    send(owner, f"{PAGE}/{frog.id}", do="mute", until="2026-12-24")
    assert found(world, group, "Green Frog").muted_until is not None
    assert send(owner, f"{PAGE}/{frog.id}", do="mute", until="soon").status_code == 400
    send(owner, f"{PAGE}/{frog.id}", do="mute", until="")
    assert found(world, group, "Green Frog").muted_until is None


def test_what_is_no_day_is_refused_in_words_for_people(
    owner: FlaskClient, world: World, group: MailingList, frog: Subscription
) -> None:
    page = send(owner, f"{PAGE}/{frog.id}", do="mute", until="soon").text
    assert "That is not a day" in page and "muted_until" not in page
    assert found(world, group, "Green Frog").muted_until is None


def test_notes_are_for_those_who_look_after_the_group(
    owner: FlaskClient, frog: Subscription
) -> None:
    send(owner, f"{PAGE}/{frog.id}", do="note", note="Was kind to a newcomer.")
    assert "Was kind to a newcomer." in owner.get(f"{PAGE}/{frog.id}").text


def test_who_is_kept_out_is_gone_and_told(
    owner: FlaskClient, world: World, group: MailingList, frog: Subscription
) -> None:
    send(owner, f"{PAGE}/{frog.id}", do="ban")
    assert found(world, group, "Green Frog").state is SubscriptionState.LEFT
    assert "takes no more mail from this address" in newest_mail(world)


def test_owners_give_out_roles(
    owner: FlaskClient, world: World, group: MailingList, frog: Subscription
) -> None:
    send(owner, f"{PAGE}/{frog.id}", do="role", role="moderator")
    assert found(world, group, "Green Frog").role is Role.MODERATOR


@pytest.mark.parametrize("do", ["ban", "watch", "mute", "role", "note"])
def test_moderators_look_after_members_only(
    owner: FlaskClient, world: World, group: MailingList, frog: Subscription, do: str
) -> None:
    change_member(world.kit, group.address, "Quiet Otter", {"role": "moderator"})
    change_member(world.kit, group.address, "Green Frog", {"role": "owner"})
    page = owner.get(f"{PAGE}/{frog.id}")
    assert page.status_code == 200
    fields = {"do": do, "watch": "always", "note": "x", "role": "member"}
    assert send(owner, PAGE.replace("/members", "/moderation"), to=f"{PAGE}/{frog.id}", **fields)
    assert found(world, group, "Green Frog").role is Role.OWNER
    assert found(world, group, "Green Frog").moderated is False


def test_members_and_other_lists_find_no_such_page(
    ann: FlaskClient, world: World, frog: Subscription
) -> None:
    assert ann.get(PAGE).status_code == 404
    assert ann.get(f"{PAGE}/{frog.id}").status_code == 404


def test_nobody_of_another_list_is_shown(
    owner: FlaskClient, world: World, group: MailingList
) -> None:
    assert owner.get(f"{PAGE}/999").status_code == 404


def test_a_link_in_a_notice_lets_somebody_in_once(
    owner: FlaskClient, world: World, group: MailingList
) -> None:
    change_list(world.kit, group.address, {"join": "approve"})
    send(owner, confirm_path(world, group, BEN))
    with world.kit.database.reading() as tx:
        (newcomer,) = subscriptions.waiting(tx, group.id, 9)
    world.relay.taken.clear()
    deliver_notices(world.kit)
    (notice,) = [one.content for one in world.relay.taken if one.recipient == ANN]
    found = re.search(rb"/requests/[a-z2-7]+", notice.replace(b"=\r\n", b""))
    assert found
    link, other = found[0].decode(), owner.application.test_client()
    assert newcomer.handle in other.get(link).text
    assert "is in the group now" in send(other, link, do="let_in").text
    assert "Quiet Otter was first" in send(owner, f"{LIST}/members", to=link, do="turn_down").text
    with world.kit.database.reading() as tx:
        now = subscriptions.get(tx, newcomer.id)
    assert now and now.may_post


@pytest.mark.parametrize("do", ["fly", ""])
def test_a_link_that_is_old_or_asked_for_more_says_so(owner: FlaskClient, do: str) -> None:
    assert owner.get("/requests/" + "a" * 26).status_code == 404
    assert send(owner, f"{LIST}/members", to="/requests/" + "a" * 26, do=do).status_code == 404


def test_an_invitation_goes_out_and_is_on_record(
    owner: FlaskClient, world: World, group: MailingList
) -> None:
    change_list(world.kit, group.address, {"join": "invite"})
    answers = set()
    for who in ("new@example.net", ANN):  # a stranger, and a member
        answer = send(owner, PAGE, to=f"{PAGE}/invite", email=who)
        answers.add((answer.status_code, main(owner.get(PAGE)).split("</p>")[0]))
        assert "You are invited to join" in newest_mail(world)
    assert len(answers) == 1
    with world.kit.database.reading() as tx:
        invited = [line for line, _ in audit.lines(tx) if line.action == "invite"]
    assert [line.actor for line in invited] == ["Quiet Otter", "Quiet Otter"]


def test_an_invitation_to_no_address_says_what_to_mend(owner: FlaskClient) -> None:
    answer = send(owner, PAGE, to=f"{PAGE}/invite", email="nobody")
    assert answer.status_code == 400
    assert "That is not an email address" in answer.text
    assert 'value="nobody"' in answer.text


def test_only_who_looks_after_the_list_invites(
    ann: FlaskClient, world: World, group: MailingList
) -> None:
    answer = send(ann, "/me", to=f"{PAGE}/invite", email="new@example.net")
    assert answer.status_code == 404
