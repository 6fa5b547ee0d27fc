"""Whoever is turned down on a page does not learn who typed the words."""

import re
from email import message_from_bytes
from email.policy import default

import pytest
from flask.testing import FlaskClient

from listserv.domain.envelope import Envelope
from listserv.domain.mailing_list import MailingList
from listserv.domain.routing import ToList
from listserv.domain.subscription import Role
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.deliver_notices import deliver_notices
from listserv.services.moderate import queue
from listserv.services.receive_post import receive_post
from listserv.services.tell_moderators import tell_moderators
from listserv.store import subscriptions
from tests.fakes import World
from tests.unit.services.mail_samples import plain
from tests.unit.web.pages import LIST, confirm_path, send, sign_in

ZELDA, BEN = "zelda.quist@example.net", "ben@example.net"
SIGN_OFFS = ("\n\nZelda", "\nBest wishes,\nZelda Quist", "\n\nwrite me: zelda.quist@example.net")


@pytest.fixture
def zelda(client: FlaskClient, world: World, group: MailingList) -> FlaskClient:
    """A moderator whose address says who she is."""
    newcomer = Newcomer(ZELDA, handle="Quiet Otter", role=Role.MODERATOR)
    list(add_members(world.kit, group.address, [newcomer]))
    sign_in(client, world, ZELDA)
    return client


@pytest.fixture
def post(world: World, group: MailingList) -> int:
    """The number of a post of Ben's that waits."""
    change_list(world.kit, group.address, {"moderate": "all", "sender_proof": "off"})
    list(add_members(world.kit, group.address, [Newcomer(BEN, handle="Green Frog")]))
    raw = plain("Tea", "A cup of tea.", BEN, message_id="<1@x.net>")
    receive_post(world.kit, ToList(group.id), Envelope(BEN, trusted=True), raw)
    return queue(world.kit, group.id).waiting[0].post.id


def mailed(world: World, recipient: str) -> str:
    """The words of all mails to somebody."""
    deliver_notices(world.kit)
    found = [m.content for m in world.relay.taken if m.recipient == recipient]
    bodies = [message_from_bytes(mail, policy=default).get_body(("plain",)) for mail in found]
    return "\n".join(str(body.get_content()) for body in bodies if body)


def link(world: World, kind: str) -> str:
    """In a mail to the moderator."""
    found = re.search(rf"/{kind}/[a-z2-7]+", mailed(world, ZELDA))
    assert found
    return found[0]


def tells_nothing(text: str) -> bool:
    return "Please say it more gently." in text and not re.search("zelda|quist", text, re.I)


@pytest.mark.parametrize("sign_off", SIGN_OFFS)
@pytest.mark.parametrize("page", ["queue", "post", "link"])
def test_an_author(zelda: FlaskClient, world: World, post: int, page: str, sign_off: str) -> None:
    tell_moderators(world.kit)
    pages = {"queue": f"{LIST}/moderation", "post": f"{LIST}/moderation/{post}"}
    path = pages.get(page) or link(world, "held")
    words = f"Please say it more gently.{sign_off}"
    send(zelda, path, post=str(post), do="reject", words=words)
    assert tells_nothing(mailed(world, BEN))


def test_an_author_gets_a_reason_that_is_ready_in_full(
    zelda: FlaskClient, world: World, post: int
) -> None:
    send(zelda, f"{LIST}/moderation/{post}", do="reject", reason="advert")
    assert "adverts or appeals for money." in mailed(world, BEN)


@pytest.mark.parametrize("page", ["person", "link"])
def test_a_newcomer(zelda: FlaskClient, world: World, group: MailingList, page: str) -> None:
    change_list(world.kit, group.address, {"join": "approve"})
    send(zelda, confirm_path(world, group, BEN))
    with world.kit.database.reading() as tx:
        (newcomer,) = subscriptions.waiting(tx, group.id, 9)
    path = link(world, "requests") if page == "link" else f"{LIST}/members/{newcomer.id}"
    send(zelda, path, do="turn_down", reason="Please say it more gently. Zelda Quist")
    assert tells_nothing(mailed(world, BEN))
