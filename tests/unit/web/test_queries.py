"""With ten thousand members in a list every page asks the database as little as with one."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, text

from listserv.domain.mailing_list import MailingList
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_member import change_member
from listserv.services.create_list import create_list
from tests.fakes import World
from tests.unit.web.pages import ANN, LIST, confirm_path, csrf, unsubscribe_path

MANY = 10_000
MOST_QUERIES = 10
MOST_TO_CHANGE = 50

_FILL = """
WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :many)
INSERT INTO subscriptions
    (list_id, handle, skeleton, state, delivery, role, posts_accepted, joined_at)
SELECT :list_id, 'Member ' || n, 'member' || n, 'active', 'each', 'member', 0, '2026-01-01'
FROM counted
"""


@contextmanager
def counting(world: World) -> Iterator[list[str]]:
    """The statements that the database is asked meanwhile."""
    asked: list[str] = []

    def note(*args: object) -> None:
        asked.append(str(args[2]))

    engine = world.kit.database.engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def crowd(ann: FlaskClient, world: World, group: MailingList) -> FlaskClient:
    change_member(world.kit, group.address, ANN, {"role": "owner"})
    for number in range(5):
        other = create_list(world.kit, f"other{number}@example.org", f"Other {number}")
        list(add_members(world.kit, other.address, [Newcomer(ANN)]))
    with world.kit.database.engine.begin() as connection:
        connection.execute(text(_FILL), {"many": MANY, "list_id": group.id})
    return ann


@pytest.mark.parametrize(
    "path",
    [
        LIST,
        "/me",
        "/me/groups/1",
        "/me/groups/1/leave",
        "/me/groups/1/digest",
        "/me/settings",
        "/me/address",
        "/me/data",
        "/me/forget",
        f"{LIST}/archive",
        f"{LIST}/members",
        f"{LIST}/members/1",
        f"{LIST}/moderation",
        f"{LIST}/settings",
        f"{LIST}/texts",
        f"{LIST}/texts/welcome/en",
    ],
)
def test_a_page_asks_few_questions(crowd: FlaskClient, world: World, path: str) -> None:
    with counting(world) as asked:
        assert crowd.get(path).status_code == 200
    assert len([statement for statement in asked if "SELECT" in statement]) <= MOST_QUERIES, asked


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("mail", {"delivery": "daily", "hour": "3"}),
        ("pause", {"pause": "days", "days": "3"}),
        ("name", {"handle": "Calm Heron"}),
        ("new-name", {}),
        ("more", {"one_time": "yes"}),
        ("leave", {}),
    ],
)
def test_a_change_asks_few_questions(
    crowd: FlaskClient, world: World, part: str, fields: dict[str, str]
) -> None:
    token = csrf(crowd.get("/me"))
    with counting(world) as asked:
        answer = crowd.post(f"/me/groups/1/{part}", data={"csrf_token": token, **fields})
    assert answer.status_code in (200, 303)
    assert len(asked) <= MOST_TO_CHANGE, asked


def test_links_in_mail_ask_few_questions(
    crowd: FlaskClient, world: World, group: MailingList
) -> None:
    question = confirm_path(world, group, "ben@example.net")
    for path in (question, unsubscribe_path(world, group)):
        with counting(world) as asked:
            assert crowd.get(path).status_code == 200
        assert len(asked) <= MOST_QUERIES, asked
