"""The pages are read by people in distress: short words, short sentences, no shouting."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask.testing import FlaskClient

from listserv.domain.language import Language
from listserv.domain.mailing_list import MailingList
from listserv.domain.request import ForgetMe
from listserv.services.ask_change import ask_change
from listserv.services.change_list import change_list
from listserv.services.change_member import change_member
from tests.fakes import World
from tests.reading import too_hard
from tests.unit.web.pages import ANN, LIST, confirm_path, newest_question, send

LONG = 100  # words
PATHS = [
    "/",
    LIST,
    "/sign-in",
    "/sign-in/old",
    "/unsubscribe/old",
    "/confirm/old",
    "/outbox",
    "/nothing",
    "/me",
    "/me/groups/1",
    "/me/groups/1/leave",
    "/me/groups/1/waiting",
    "/me/settings",
    "/me/address",
    "/me/data",
    "/me/forget",
    "/me/groups/1/digest",
    f"{LIST}/archive",
    f"{LIST}/members",
    f"{LIST}/members/1",
    f"{LIST}/moderation",
    f"{LIST}/settings",
    f"{LIST}/texts",
    f"{LIST}/texts/welcome/es",
    f"{LIST}/moderation",
    f"{LIST}/members",
    f"{LIST}/settings",
]


def words_of(page: str) -> str:
    """What a reader reads of a page, a block a sentence; addresses count as one word."""
    main = page.split("<main", 1)[1].split("</main>", maxsplit=1)[0].partition(">")[2]
    main = re.sub(r"<(select|pre|code)\b.*?</\1>", "", main, flags=re.DOTALL)
    lines = re.split(r"</(?:p|h1|h2|label|legend|button|li|span|summary)>", main)
    plain = (" ".join(re.sub(r"<[^>]*>", "", line).split()) for line in lines)
    text = " ".join(line if line.endswith((".", "?")) else f"{line}." for line in plain if line)
    return re.sub(r"\S+@\S+", "it", unescape(text))


@pytest.fixture
def every_page(ann: FlaskClient, world: World, group: MailingList) -> dict[str, str]:
    """Every page, by path and in the language that the session chose; some as answers to forms."""
    change_member(world.kit, group.address, ANN, {"role": "owner"})
    change_list(world.kit, group.address, {"join": "approve", "moderate": "first:3"})
    return {path: ann.get(path).text for path in _paths(ann, world, group)}


def _paths(ann: FlaskClient, world: World, group: MailingList) -> Iterator[str]:
    yield from PATHS
    yield f"/unsubscribe/{world.kit.tokens.unsubscribe(1)}"
    yield confirm_path(world, group, "ben@example.net")
    ask_change(world.kit, group.id, ANN, ForgetMe(posts=True), False, Language.ENGLISH)
    yield newest_question(world)


@pytest.fixture(params=["en", "es"])
def tongue(request: pytest.FixtureRequest, ann: FlaskClient) -> str:
    send(ann, "/me/settings", to="/me/settings/language", language=request.param)
    return str(request.param)


def test_every_page_is_easy_to_read(tongue: str, every_page: dict[str, str]) -> None:
    texts = {path: words_of(page) for path, page in every_page.items()}
    long = {path: text for path, text in texts.items() if len(text.split()) > LONG}
    assert len(long) >= 3
    wrong = {path: too_hard(text, Language(tongue)) for path, text in long.items()}
    assert not {path: (how, long[path]) for path, how in wrong.items() if how}


def test_every_page_speaks_the_language(tongue: str, every_page: dict[str, str]) -> None:
    assert {text.split('<html lang="')[1][:2] for text in every_page.values()} == {tongue}


def test_no_page_shouts(tongue: str, every_page: dict[str, str]) -> None:
    assert not [path for path, page in every_page.items() if re.search("[!¡]", words_of(page))]


def test_titles_are_neutral(every_page: dict[str, str], group: MailingList) -> None:
    for path, page in every_page.items():
        title = page.split("<title>")[1].split("</title>")[0]
        assert "anonym" not in title.lower()
        assert (group.title in title) == (path == LIST)


def test_pages_of_members_can_be_left_quickly(every_page: dict[str, str]) -> None:
    for path, page in every_page.items():
        if path != "/outbox":
            assert 'rel="nofollow noreferrer">' in page, path


def test_no_page_has_a_script_or_another_host(every_page: dict[str, str]) -> None:
    for path, page in every_page.items():
        assert "<script" not in page and "style=" not in page and "javascript" not in page, path
        assert set(re.findall(r'(?:href|src|action)="(\w+://[^"]*)"', page)) <= {
            "https://www.wikipedia.org/"
        }
