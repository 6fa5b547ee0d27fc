"""What is left after cleaning, and makes somebody look."""

import pytest

from listserv.domain.doubt import Doubt
from tests.unit.mail.anonymise.cleaning import anonymised

HOPE = "Hope Green <hope@example.net>"


def doubts(words: str, sender: str = HOPE) -> tuple[Doubt, ...]:
    return anonymised(
        words.encode(), "Content-Type: text/plain; charset=utf-8", sender=sender
    ).doubts


@pytest.mark.parametrize(
    "words",
    [
        "I hope the green tea helps. Hope is all.",
        "Hope to see you.\n\n> as Hope says",
        "Ich denke, dass die Sache mit Hope nicht so ist, und der Rest auch.",
        "We met in Hope Street.",
        "Die Hope scheint.",
        "5 @ 3 each, @home, a@b",
    ],
)
def test_most_posts_leave_none(words: str) -> None:
    assert doubts(words) == ()


def test_a_word_written_as_a_name_may_be_the_author_s() -> None:
    assert doubts("It was cold, as Hope says.") == (Doubt.NAME_LEFT,)


@pytest.mark.parametrize("last", ["Bess Tollander", "Easy Does It"])
def test_a_name_alone_below_what_may_be_a_farewell_is_asked_about(last: str) -> None:
    assert doubts(f"I slept.\n\nOnwards,\n{last}") == (Doubt.NAME_LEFT,)


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Tea",
        "Out of Office",
        "=?utf-8?q?R=C3=A9ponse_automatique_=3A_Tea?=",
        "Undeliverable: Tea",
        "Delivery Status Notification (Failure)",
    ],
)
def test_a_subject_that_robots_write_is_looked_at(subject: str) -> None:
    assert anonymised(b"I am away.", f"Subject: {subject}").doubts == (Doubt.AUTOMATIC,)


def test_a_subject_of_a_person_is_not() -> None:
    assert anonymised(b"Hello.", "Subject: Out of office for good").doubts == ()


def test_something_like_an_address_is_left() -> None:
    assert doubts("Write to somebody@localhost today.") == (Doubt.ADDRESS_LEFT,)
