"""The pages are read by people in distress: short words, short sentences, no shouting."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from listserv.domain.mailing_list import MailingList
from listserv.services.change_list import change_list
from tests.fakes import World
from tests.unit.web.test_pages import LIST, confirm_path, unsubscribe_path

MOST_GRADE = 7.0


def syllables(word: str) -> int:
    """An estimate: groups of vowels, a silent e left out."""
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    return max(groups - silent, 1)


def grade(text: str) -> float:
    """The US school grade by Flesch and Kincaid (Kincaid et al. 1975)."""
    sentences = [s for s in re.split(r"[.?!:]\s|\n", text) if re.search("[a-z]", s)]
    words = re.findall(r"[a-z]+(?:['’][a-z]+)?", text.lower())
    return (
        0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    )


def words_of(page: str) -> str:
    """What a reader reads of a page, a block a line; addresses count as one word."""
    main = page.split("<main", 1)[1].split("</main>", maxsplit=1)[0].partition(">")[2]
    lines = re.split(r"</(?:p|h1|h2|label|button|li)>", main)
    text = "\n".join(" ".join(re.sub(r"<[^>]*>", "", line).split()) for line in lines)
    return re.sub(r"\S+@\S+", "it", unescape(text))


def test_the_grade_tells_easy_from_hard() -> None:
    assert grade("The cat sat on the mat. It was warm.") < 3
    assert grade("Notwithstanding organisational considerations, authentication necessitates "
                 "immediate administrative intervention.") > 15  # fmt: skip


@pytest.fixture
def every_page(client: FlaskClient, world: World, group: MailingList) -> list[str]:
    paths = [
        "/",
        LIST,
        unsubscribe_path(world, group),
        confirm_path(world, group),
        "/unsubscribe/old",
        "/confirm/old",
        "/outbox",
        "/nothing",
    ]
    pages = [client.get(path).text for path in paths]
    change_list(world.kit, group.address, {"join": "approve"})
    return [*pages, client.get(LIST).text]


def test_every_page_is_easy_to_read(every_page: list[str]) -> None:
    for page in every_page:
        text = words_of(page)
        assert grade(text) <= MOST_GRADE, text


def test_no_page_shouts(every_page: list[str]) -> None:
    assert not [page for page in every_page if "!" in words_of(page)]


def test_titles_are_neutral(every_page: list[str], group: MailingList) -> None:
    for page in every_page[2:8]:
        title = page.split("<title>")[1].split("</title>")[0]
        assert group.title not in title and "anonym" not in title.lower()
