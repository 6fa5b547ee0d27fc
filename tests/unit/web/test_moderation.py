"""What waits, on pages: who may look, what is decided, and that it is decided once."""

import re
from email import message_from_bytes
from email.policy import default

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from listserv.domain.anonymous_message import Attachment
from listserv.domain.envelope import Envelope
from listserv.domain.mailing_list import MailingList
from listserv.domain.reasons import CODES, reason
from listserv.domain.routing import Shown, ToList
from listserv.domain.subscription import Role
from listserv.domain.traits import Traits
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.deliver_notices import deliver_notices
from listserv.services.moderate import queue
from listserv.services.receive_post import receive_post
from listserv.services.tell_moderators import tell_moderators
from listserv.store import held, rulings, subscriptions
from tests.fakes import World
from tests.unit.services.mail_samples import plain
from tests.unit.web.pages import ANN, say, send, sign_in
from web.moderation.words import short

# What is decided without a moderator.
NEVER_HELD = ("loop", "automatic", "duplicate", "not_open")
BEN = "ben@example.net"
PAGE = "/lists/group@example.org/moderation"


@pytest.fixture
def waiting(world: World, group: MailingList) -> list[int]:
    """The ids of three posts of Ben's that wait."""
    change_list(world.kit, group.address, {"moderate": "all", "sender_proof": "off"})
    list(add_members(world.kit, group.address, [Newcomer(BEN, handle="Green Frog")]))
    for number in range(3):
        raw = plain(f"Subject {number}", f"Words {number}.", BEN, message_id=f"<{number}@x.net>")
        receive_post(world.kit, ToList(group.id), Envelope(BEN, trusted=True), raw)
    return waits(world, group)


@pytest.fixture
def moderator(client: FlaskClient, world: World, group: MailingList) -> FlaskClient:
    newcomer = Newcomer(ANN, handle="Quiet Otter", role=Role.MODERATOR)
    list(add_members(world.kit, group.address, [newcomer]))
    sign_in(client, world)
    return client


def waits(world: World, group: MailingList) -> list[int]:
    return [one.post.id for one in queue(world.kit, group.id).waiting]


def press(client: FlaskClient, page: str, **fields: object) -> str:
    """Fills the form of a page in, and gives the page after it."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get(page).text)
    assert token
    answer = client.post(page, data={"csrf_token": token[1], **fields}, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def test_what_waits_is_shown_by_handle(moderator: FlaskClient, waiting: list[int]) -> None:
    page = moderator.get(PAGE).text
    assert page.count("Green Frog") >= 3
    assert "3 messages wait" in page
    assert BEN not in page


@pytest.mark.parametrize("path", ["", "/1", "/1/picture/0"])
def test_members_find_no_such_page(ann: FlaskClient, waiting: list[int], path: str) -> None:
    assert ann.get(PAGE + path).status_code == 404


def test_nobody_else_finds_out_that_there_is_one(client: FlaskClient, waiting: list[int]) -> None:
    assert client.get(PAGE).status_code == 303
    assert client.get("/lists/none@example.org/moderation").status_code == 303


def test_one_after_the_other(
    moderator: FlaskClient, world: World, group: MailingList, waiting: list[int]
) -> None:
    first, second, third = waiting
    page = moderator.get(f"{PAGE}/{first}").text
    assert "Words 0." in page
    page = press(moderator, f"{PAGE}/{first}", do="approve")
    assert "goes out" in page and "Words 1." in page
    page = press(moderator, f"{PAGE}/{second}", do="reject", reason="topic")
    assert "Words 2." in page
    page = press(moderator, f"{PAGE}/{third}", do="discard")
    assert "Nothing waits now" in page
    assert waits(world, group) == []
    world.relay.taken.clear()
    deliver_notices(world.kit)
    back = " ".join(m.content.decode() for m in world.relay.taken if m.recipient == BEN)
    assert "Words 1." in back and "something else than this group" in " ".join(back.split())


def test_all_that_are_ticked(
    moderator: FlaskClient, world: World, group: MailingList, waiting: list[int]
) -> None:
    page = press(moderator, PAGE, post=[waiting[0], waiting[2]], do="approve")
    assert "2 messages go out" in page
    assert waits(world, group) == [waiting[1]]


def test_one_that_went_with_its_author_stops_none_of_the_others(
    moderator: FlaskClient, world: World, group: MailingList, waiting: list[int]
) -> None:
    with world.kit.database.transaction() as tx:
        held.drop(tx, group.id, waiting[0])
    assert "2 messages are gone" in press(moderator, PAGE, do="discard", post=waiting)
    assert waits(world, group) == []
    send(moderator, "/me/settings", to=f"{PAGE}/{waiting[0]}", do="discard")
    assert "does not wait any more" in moderator.get(PAGE).text


def test_without_a_tick_nothing_is_done(
    moderator: FlaskClient, world: World, group: MailingList, waiting: list[int]
) -> None:
    assert "Tick the messages first" in press(moderator, PAGE, do="approve")
    assert waits(world, group) == waiting


def test_the_second_is_told_who_was_first(
    moderator: FlaskClient, world: World, group: MailingList, waiting: list[int]
) -> None:
    press(moderator, f"{PAGE}/{waiting[0]}", do="approve")
    token = re.search(r'name="csrf_token" value="([^"]+)"', moderator.get(PAGE).text)
    assert token
    fields = {"csrf_token": token[1], "do": "discard"}
    page = moderator.post(f"{PAGE}/{waiting[0]}", data=fields, follow_redirects=True).text
    assert "Quiet Otter was first" in page


def test_trusting_lets_the_next_ones_go_out(
    moderator: FlaskClient, world: World, group: MailingList, waiting: list[int]
) -> None:
    change_list(world.kit, group.address, {"moderate": "first:50"})
    press(moderator, f"{PAGE}/{waiting[0]}", do="trust")
    raw = plain("More", "More words.", BEN, message_id="<9@x.net>")
    receive_post(world.kit, ToList(group.id), Envelope(BEN, trusted=True), raw)
    assert len(waits(world, group)) == 2


def links(world: World, recipient: str) -> list[str]:
    world.relay.taken.clear()
    tell_moderators(world.kit)
    deliver_notices(world.kit)
    mails = [m for m in world.relay.taken if m.recipient == recipient]
    texts = [m.content.decode().replace("=\r\n", "") for m in mails]
    return [found[0] for text in texts if (found := re.search(r"/held/[a-z2-7]+", text))]


def test_a_link_in_a_notice_shows_a_button_and_decides_once(
    moderator: FlaskClient, world: World, group: MailingList, waiting: list[int]
) -> None:
    link = links(world, ANN)[0]
    other = moderator.application.test_client()  # a browser that never signed in
    assert "Words" in other.get(link).text
    assert len(waits(world, group)) == 3
    assert "goes out" in press(other, link, do="approve")
    assert len(waits(world, group)) == 2
    assert "was first" in other.get(link).text


@pytest.mark.parametrize("do", ["withdraw", "expire", "fly", ""])
def test_a_link_does_nothing_that_is_not_its_readers(
    moderator: FlaskClient, world: World, group: MailingList, waiting: list[int], do: str
) -> None:
    link = links(world, ANN)[0]
    token = re.search(r'name="csrf_token" value="([^"]+)"', moderator.get(link).text)
    assert token
    fields = {"csrf_token": token[1], "do": do}
    assert moderator.post(link, data=fields).status_code == 404
    assert len(waits(world, group)) == 3


def test_an_old_link_explains_itself(client: FlaskClient) -> None:
    answer = client.get("/held/" + "a" * 26)
    assert answer.status_code == 404
    assert "does not work any more" in answer.text


def test_no_query_a_row(
    moderator: FlaskClient, world: World, group: MailingList, waiting: list[int]
) -> None:
    asked = []

    def note(*args: object) -> None:
        asked.append(args[2])

    event.listen(world.kit.database.engine, "before_cursor_execute", note)
    counts = []
    for number in (100, 200):
        raw = plain(f"Subject {number}", "Words.", BEN, message_id=f"<{number}@x.net>")
        receive_post(world.kit, ToList(group.id), Envelope(BEN, trusted=True), raw)
        asked.clear()
        moderator.get(PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_one_kind_of_reason_can_be_picked(
    moderator: FlaskClient, world: World, group: MailingList, waiting: list[int]
) -> None:
    change_list(world.kit, group.address, {"moderate": "first:50"})
    raw = plain("New here", "Hello.", BEN, message_id="<9@x.net>")
    receive_post(world.kit, ToList(group.id), Envelope(BEN, trusted=True), raw)
    page = moderator.get(PAGE).text
    assert "First messages of a member</a> (1)" in page
    assert "All messages are read first</a> (3)" in page
    only = moderator.get(f"{PAGE}?reason=first_posts").text
    assert "New here" in only and "Subject 0" not in only


def test_what_can_be_no_reason_picks_nothing_out(
    moderator: FlaskClient, waiting: list[int]
) -> None:
    assert "Green Frog" in moderator.get(f"{PAGE}?reason=%00").text


def test_every_reason_has_a_short_name(app: Flask) -> None:
    with app.test_request_context():
        named = [short(code) for code in CODES if code not in (*NEVER_HELD, "other")]
    assert len(set(named)) == len(named) and "Other" not in named


def test_next_and_before_go_round_by_key(moderator: FlaskClient, waiting: list[int]) -> None:
    first, second, third = waiting
    page = moderator.get(f"{PAGE}/{first}").text
    assert f'/moderation/{second}" rel="next" accesskey="j"' in page
    assert f'/moderation/{third}" rel="prev" accesskey="k"' in page


def test_a_name_for_one_conversation_tells_not_whose_it_is(
    moderator: FlaskClient, world: World, group: MailingList, waiting: list[int]
) -> None:
    press(moderator, f"{PAGE}/{waiting[0]}", do="approve")
    change_list(world.kit, group.address, {"moderate": "first:50"})
    raw = plain("Unseen", "I would rather say this unseen.", BEN, message_id="<9@x.net>")
    route = ToList(group.id, shown=Shown.ONE_TIME)
    receive_post(world.kit, route, Envelope(BEN, trusted=True), raw)
    number = waits(world, group)[-1]
    page = moderator.get(f"{PAGE}/{number}").text
    assert "Unseen" in page and "Green Frog" not in page
    assert "here since" not in page and "went out" not in page and "first posts" not in page
    assert 'value="trust"' not in page
    by_author = moderator.get(f"{PAGE}?by=1").text + moderator.get(f"{PAGE}?by=2").text
    assert "Subject 1" in by_author and "Unseen" not in by_author
    assert "Unseen" not in moderator.get(f"{PAGE}?reason=first_posts").text
    press(moderator, f"{PAGE}/{number}", do="trust")  # as a form of somebody's own could
    with world.kit.database.reading() as tx:
        ben = subscriptions.of_handle(tx, group.id, "Green Frog")
        assert not ben.trusted
        assert number not in {ruled.post_id for ruled in rulings.of_author(tx, ben.id)}


def test_pictures_come_with_the_notice_and_behind_its_link(
    moderator: FlaskClient, world: World, group: MailingList
) -> None:
    picture = Attachment("picture-1.png", "image/png", b"\x89PNG made anew")
    post = say(world, group, "Look at this.", files=(picture,), waits=True)
    with world.kit.database.transaction() as tx:
        held.add(tx, post.id, reason("moderated"), Traits(), False, world.clock.now())
    (link,) = links(world, ANN)
    (notice,) = [m.content for m in world.relay.taken if m.recipient == ANN]
    files = list(message_from_bytes(notice, policy=default).iter_attachments())
    assert [one.get_content() for one in files] == [picture.content]
    other = moderator.application.test_client()
    assert f'src="{link}/picture/0"' in other.get(link).text
    assert other.get(f"{link}/picture/0").data == picture.content
    assert other.get(f"{link}/picture/1").status_code == 404
    assert other.get("/held/old/picture/0").status_code == 404
