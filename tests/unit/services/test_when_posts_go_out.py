"""Posts that go out together at each quarter of an hour, and addresses that owners allow."""

from datetime import UTC, datetime

import pytest

from listserv.domain.errors import Refused
from listserv.domain.list_settings import GoOut, ListSettings
from listserv.domain.mailing_list import MailingList
from listserv.domain.routing import ToList
from listserv.services.accept_post import goes_out_at
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.create_list import create_list
from listserv.services.fan_out import fan_out
from listserv.services.moderate import approve
from listserv.services.receive_post import receive_post
from listserv.store import posts
from tests.fakes import World
from tests.unit.services.mail_samples import ANN, from_ann, plain


@pytest.fixture
def group(world: World) -> MailingList:
    made = create_list(world.kit, "group@example.org")
    list(add_members(world.kit, made.address, [Newcomer(ANN, handle="Quiet Otter")]))
    changes = {"sender_proof": "off", "posts_go_out": "quarter"}
    return change_list(world.kit, made.address, changes)


@pytest.mark.parametrize(
    ("minute", "goes"), [((9, 0), (9, 15)), ((9, 14), (9, 15)), ((9, 59), (10, 0))]
)
def test_the_next_quarter_is_never_now(minute: tuple[int, int], goes: tuple[int, int]) -> None:
    settings = ListSettings(posts_go_out=GoOut.QUARTER)
    now, later = (datetime(2026, 3, 1, *at, tzinfo=UTC) for at in (minute, goes))
    assert goes_out_at(settings, now) == later
    assert goes_out_at(ListSettings(), now) == now


def test_nothing_goes_out_before_the_quarter(world: World, group: MailingList) -> None:
    world.clock.go(minutes=3)
    receive_post(world.kit, ToList(group.id), from_ann(), plain())
    assert fan_out(world.kit) == 0
    world.clock.go(minutes=12)
    assert fan_out(world.kit) == 1


def test_neither_does_what_a_moderator_approves(world: World, group: MailingList) -> None:
    change_list(world.kit, group.address, {"moderate": "all"})
    world.clock.go(minutes=3)
    receive_post(world.kit, ToList(group.id), from_ann(), plain())
    approve(world.kit, group.address, 1)
    assert fan_out(world.kit) == 0
    world.clock.go(minutes=12)
    assert fan_out(world.kit) == 1


def test_addresses_that_owners_allow_stay_and_others_go(world: World, group: MailingList) -> None:
    allowed = {"allowed_addresses": "help@line.example, Night@line.example"}
    change_list(world.kit, group.address, allowed)
    body = (
        "Write to help@line.example, NIGHT@line.example, group-help@example.org or b@line.example."
    )
    receive_post(world.kit, ToList(group.id), from_ann(), plain(body=body))
    with world.kit.database.reading() as tx:
        post = posts.get(tx, 1)
    assert post and post.message.text == body.replace("b@line.example", "[an email address]")


def test_what_is_no_address_is_refused(world: World, group: MailingList) -> None:
    with pytest.raises(Refused, match="takes up to 20 addresses"):
        change_list(world.kit, group.address, {"allowed_addresses": "help at line"})
