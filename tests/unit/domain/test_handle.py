import random

import pytest

from listserv.domain.errors import Refused
from listserv.domain.handle import chosen, draw, skeleton, words


def test_many_handles_before_a_number_is_needed() -> None:
    adjectives, nouns = words()
    assert len(adjectives) * len(nouns) > 40_000
    assert len(set(map(skeleton, adjectives))) == len(adjectives)
    assert len(set(map(skeleton, nouns))) == len(nouns)


def test_a_drawn_handle_is_an_adjective_and_an_animal_or_plant() -> None:
    adjectives, nouns = words()
    first, second = draw(random.Random(1).choice, lambda _: False).split()  # noqa: S311
    assert first.lower() in adjectives and second.lower() in nouns


def test_taken_handles_are_passed_over() -> None:
    taken: set[str] = set()
    choose = random.Random(2).choice  # noqa: S311
    for _ in range(500):
        handle = draw(choose, taken.__contains__)
        assert skeleton(handle) not in taken
        taken.add(skeleton(handle))


def test_a_number_is_added_only_when_words_run_out() -> None:
    handle = draw(random.Random(3).choice, lambda plain: plain.isalpha())  # noqa: S311
    assert handle[-1].isdigit()


def test_every_drawn_handle_could_have_been_chosen() -> None:
    choose = random.Random(4).choice  # noqa: S311
    for _ in range(300):
        handle = draw(choose, lambda _: False)
        assert chosen(handle) == handle


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quiet Otter", "quiet  otter"),
        ("Quiet Otter", "Qu1et 0tter"),
        ("Quiet Otter", "Quiet-Otter"),
        ("Quiet Otter", "Quіet Оtter"),  # Cyrillic і and О
        ("Modern Elk", "Modem Elk"),
        ("Élan Vital", "Elan Vital"),
    ],
)
def test_lookalikes_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_different_handles_do_not() -> None:
    assert skeleton("Quiet Otter") != skeleton("Quiet Badger")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "x" * 41,
        "The M0derator",
        "list-owner",
        "a@b.org",
        "two\nlines<",
        "Оtter Mіx",
        "🦦🦦",
    ],
)
def test_unfit_handles_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        chosen(text)


@pytest.mark.parametrize("text", ["María del Mar", "Jean-Luc", "O'Hara", "Тихая Выдра"])
def test_names_in_any_one_alphabet_are_fine(text: str) -> None:
    assert chosen(text) == text
