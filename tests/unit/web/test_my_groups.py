"""What members choose for themselves in a group, by page."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from listserv.domain.anonymous_message import AnonymousMessage
from listserv.domain.mailing_list import MailingList
from listserv.domain.post import NewPost
from listserv.domain.subscription import DeliveryMode, DigestFormat, Subscription, SubscriptionState
from listserv.services.add_members import Newcomer, add_members
from listserv.services.create_list import create_list
from listserv.services.fan_out import fan_out
from listserv.store import posts, subscriptions
from tests.fakes import World
from tests.unit.web.pages import ANN, mails, main, newest_mail, newest_question, send

GROUP = "/me/groups/1"


def mine(world: World, number: int = 1) -> Subscription:
    with world.kit.database.reading() as tx:
        found = subscriptions.get(tx, number)
    assert found
    return found


def change(client: FlaskClient, part: str, **fields: str) -> str:
    """Sends one form of the group's page, and returns the page that comes back."""
    answer = send(client, GROUP, to=f"{GROUP}/{part}", **fields)
    assert answer.status_code == 303
    return client.get(answer.headers["Location"]).text


def test_all_groups_with_name_and_way_of_mail(
    ann: FlaskClient, world: World, group: MailingList
) -> None:
    other = create_list(world.kit, "mornings@example.org", "Slow mornings")
    list(add_members(world.kit, other.address, [Newcomer(ANN, "Calm Heron", DeliveryMode.WEEKLY)]))
    text = main(ann.get("/me"))
    for words in ("Quiet evenings", "Quiet Otter", "Slow mornings", "Calm Heron", "once a week"):
        assert words in text
    assert ANN not in text


def test_a_group_of_somebody_else_is_not_found(
    ann: FlaskClient, world: World, group: MailingList
) -> None:
    list(add_members(world.kit, group.address, [Newcomer("ben@example.net")]))
    for number in (2, 99):
        assert ann.get(f"/me/groups/{number}").status_code == 404
        answer = send(ann, GROUP, to=f"/me/groups/{number}/name", handle="Other Name")
        assert answer.status_code == 404


def test_how_mail_comes(ann: FlaskClient, world: World) -> None:
    page = change(ann, "mail", delivery="daily", hour="19", format="index")
    assert (mine(world).delivery, mine(world).digest_hour) == (DeliveryMode.DAILY, 19)
    assert mine(world).digest_format is DigestFormat.INDEX
    assert "once a day, at 19:00" in page and "Saved." in page


@pytest.mark.parametrize("fields", [{}, {"delivery": "hourly", "hour": "3"}, {"delivery": "daily"}])
def test_a_way_that_is_none_is_refused(
    ann: FlaskClient, world: World, fields: dict[str, str]
) -> None:
    answer = send(ann, GROUP, to=f"{GROUP}/mail", **fields)
    assert answer.status_code == 400 and "Choose one of these." in answer.text
    assert mine(world).delivery is DeliveryMode.EACH


@pytest.mark.parametrize(
    ("fields", "until"),
    [
        ({"pause": "days", "days": "7"}, datetime(2026, 3, 8, tzinfo=UTC)),
        ({"pause": "date", "until": "2026-04-02"}, datetime(2026, 4, 2, tzinfo=UTC)),
        ({"pause": "open"}, None),
    ],
)
def test_a_break(
    ann: FlaskClient, world: World, fields: dict[str, str], until: datetime | None
) -> None:
    page = change(ann, "pause", **fields)
    assert (mine(world).state, mine(world).paused_until) == (SubscriptionState.PAUSED, until)
    assert ("until you say so" in page) == (until is None)
    assert mails(world) == 1  # it is confirmed by mail
    assert "Get mail again now" in page.split("<details", 1)[0]
    change(ann, "resume")
    assert mine(world).state is SubscriptionState.ACTIVE


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"pause": "days", "days": "0"}, "How many days"),
        ({"pause": "days", "days": "9" * 400}, "from 1 to 365"),
        ({"pause": "days", "days": "soon"}, "from 1 to 365"),
        ({"pause": "date", "until": "2026-02-30"}, "still to come"),
        ({"pause": "date", "until": "2026-02-01"}, "still to come"),
        ({"pause": "date", "until": "2031-02-01"}, "still to come"),
        ({}, "Choose one of these."),
    ],
)
def test_a_break_that_cannot_be_is_kept_and_explained(
    ann: FlaskClient, world: World, fields: dict[str, str], words: str
) -> None:
    answer = send(ann, GROUP, to=f"{GROUP}/pause", **fields)
    assert answer.status_code == 400 and words in answer.text
    assert "<details open>" in answer.text  # the form with the mistake is to be seen
    for typed in (fields.get("days"), fields.get("until")):
        assert typed is None or f'value="{typed}"' in answer.text
    assert mine(world).state is SubscriptionState.ACTIVE


def test_a_name_of_ones_own(ann: FlaskClient, world: World) -> None:
    assert "Calm Heron" in change(ann, "name", handle=" Calm  Heron ")
    assert mine(world).handle == "Calm Heron"


def test_a_name_that_is_drawn(ann: FlaskClient, world: World) -> None:
    change(ann, "new-name")
    assert mine(world).handle != "Quiet Otter"


@pytest.mark.parametrize("handle", ["", "  ", "Owner", "<b>", "Calm Heron"])
def test_a_name_that_cannot_be_is_kept_and_explained(
    ann: FlaskClient, world: World, group: MailingList, handle: str
) -> None:
    list(add_members(world.kit, group.address, [Newcomer("ben@example.net", "Calm Heron")]))
    answer = send(ann, GROUP, to=f"{GROUP}/name", handle=handle)
    assert answer.status_code == 400 and 'class="problem"' in answer.text
    assert "<b>" not in answer.text
    assert mine(world).handle == "Quiet Otter"


def test_one_time_names_and_copies_of_ones_own(ann: FlaskClient, world: World) -> None:
    change(ann, "more", one_time="yes")
    assert (mine(world).one_time, mine(world).receipts) == (True, False)
    change(ann, "more", receipts="yes")
    assert (mine(world).one_time, mine(world).receipts) == (False, True)


def test_leaving_asks_first_and_a_mail_brings_back(ann: FlaskClient, world: World) -> None:
    assert "Leave Quiet evenings?" in ann.get(f"{GROUP}/leave").text
    assert mine(world).state is SubscriptionState.ACTIVE
    page = send(ann, f"{GROUP}/leave")
    assert "You have left Quiet evenings" in page.text
    assert mine(world).state is SubscriptionState.LEFT
    undo = newest_question(world)
    assert "Come back to Quiet evenings?" in ann.get(undo).text
    assert "Welcome back" in send(ann, undo, answer="yes").text
    assert (mine(world).state, mine(world).handle) == (SubscriptionState.ACTIVE, "Quiet Otter")
    assert "join the group again" in ann.get(undo).text  # the mail has done its work


def test_who_waits_sees_that_they_wait(ann: FlaskClient, world: World) -> None:
    with world.kit.database.transaction() as tx:
        waits = replace(mine(world), state=SubscriptionState.WAITING)
        subscriptions.save(tx, waits, world.clock.now())
    page = ann.get(GROUP)
    assert "A moderator has not looked" in page.text
    assert main(page).count("<form") == 0  # nothing to choose yet; leaving is a link


def test_bounced_mail_is_told_and_can_come_again(ann: FlaskClient, world: World) -> None:
    with world.kit.database.transaction() as tx:
        bounced = replace(mine(world), state=SubscriptionState.SUSPENDED)
        subscriptions.save(tx, bounced, world.clock.now())
    assert "came back" in ann.get("/me").text
    seen = main(ann.get(GROUP)).split("<details", 1)[0]  # the rest is folded away
    assert "came back" in seen and "Get mail again now" in seen
    change(ann, "resume")
    assert mine(world).state is SubscriptionState.ACTIVE


def test_nothing_happens_without_the_form_s_token(ann: FlaskClient, world: World) -> None:
    for part, fields in {
        "mail": {"delivery": "none", "hour": "1"},
        "pause": {"pause": "open"},
        "name": {"handle": "Calm Heron"},
        "new-name": {},
        "leave": {},
    }.items():
        assert ann.post(f"{GROUP}/{part}", data=fields).status_code == 400
    assert mine(world) == replace(mine(world), handle="Quiet Otter", delivery=DeliveryMode.EACH)
    assert mine(world).state is SubscriptionState.ACTIVE


def test_a_pause_is_told_in_words(ann: FlaskClient, world: World) -> None:
    change(ann, "pause", pause="days", days="1")
    assert "Mail comes again tomorrow." in ann.get("/me").text
    assert "Quiet Otter" in newest_mail(world)


def test_the_next_digest_can_be_looked_at(
    ann: FlaskClient, world: World, group: MailingList
) -> None:
    change(ann, "mail", delivery="daily", hour="8", format="reader")
    assert f"{GROUP}/digest" in ann.get(GROUP).text
    assert "Nothing new has come yet." in ann.get(f"{GROUP}/digest").text
    words = AnonymousMessage("Thursday <i>", "The kettle is <b>on</b>.")
    now = world.clock.now()
    with world.kit.database.transaction() as tx:
        new = NewPost(group.id, None, "Elk", words, (), "<p@x>", (), None, now, "<p@x>")
        posts.add(tx, new, accepted_at=now)
    fan_out(world.kit)
    page = ann.get(f"{GROUP}/digest").text
    assert "The kettle is &lt;b&gt;on&lt;/b&gt;." in page and "Thursday &lt;i&gt;" in page
    assert page.count("<h1") == 1 and page.count("<main") == 1
    assert "looks different" not in page and "until then is added" in page
    change(ann, "mail", delivery="weekly", hour="8", format="index")
    assert "looks different" in ann.get(f"{GROUP}/digest").text
    assert "once a week, on Monday at 8:00" in ann.get(GROUP).text
    change(ann, "pause", pause="open")  # what comes during a break is in no digest
    page = ann.get(f"{GROUP}/digest").text
    assert "until then is added" not in page and "meanwhile is not added" in page


def test_the_next_digest_of_somebody_else_is_not_found(
    ann: FlaskClient, world: World, group: MailingList
) -> None:
    list(add_members(world.kit, group.address, [Newcomer("ben@example.net")]))
    assert ann.get("/me/groups/2/digest").status_code == 404
