"""Searches in many lines at once find what they find in each by itself."""

import re

import pytest

from listserv.mail.anonymise.edits import (
    Edit,
    LineEdits,
    apply,
    apply_to_lines,
    by_line,
    in_each,
)
from tests.unit.mail.anonymise.cleaning import text


def _capitals(line: str) -> list[Edit]:
    return [Edit(m.start(), m.end(), "-", None) for m in re.finditer(r"\b[A-Z]\w*\Z", line)]


def test_a_search_of_one_line_finds_the_ends_of_many() -> None:
    lines = "for Ben\0\0Ann and Ben\0nobody\0Ann"
    assert apply(lines, in_each(_capitals)(lines)) == "for -\0\0Ann and -\0nobody\0-"


def test_edits_of_many_lines_are_told_apart() -> None:
    first, last, added = Edit(0, 1, "x", None), Edit(4, 5, "y", None), Edit(5, 5, "z", None)
    below = Edit(10, 11, "w", None)
    assert list(by_line("a b c\0\0 d e f", [first, last, added, below])) == [
        (0, LineEdits(0, [first, last, added])),
        (2, LineEdits(7, [below])),
    ]
    assert list(by_line("abc", [])) == []


@pytest.mark.parametrize("edit", [Edit(0, 3, "x", None), Edit(0, 1, "x\0y", None)])
def test_no_edit_may_join_lines_or_make_new_ones(edit: Edit) -> None:
    with pytest.raises(ValueError, match="crosses lines"):
        apply_to_lines("a\0b\0c", [edit])


def test_a_link_that_hides_the_end_of_a_line_hides_no_line() -> None:
    link = "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2F%00x"
    below = "I am Zelda Quarkwright, my mail is zelda.q77@example.net."
    said = f"We met at {link} last week.\n\n{below}\n\nIt was a good evening."
    assert text(said).splitlines() == [
        "We met at [a personal link] last week.",
        "",
        "I am [name], my mail is [an email address].",
        "",
        "It was a good evening.",
    ]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("It was Zelda\nQuarkwright street is near.", "It was [name]\n[name] street is near."),
        (
            "That was Zelda Quarkwright\nnée is a French word.",
            "That was [name]\nnée is a French word.",
        ),
        ("A z e l d\na was not here.", "A z e l d\na was not here."),
        ("So z--e  l.d_a said.", "So [name] said."),
    ],
)
def test_no_name_goes_on_in_the_next_line(said: str, left: str) -> None:
    assert (
        text(f"{said}\n\nThat is all there was to say.")
        == f"{left}\n\nThat is all there was to say."
    )


def test_another_name_of_somebody_left_out_before_goes_too() -> None:
    assert text("> It was [name] (née Vexley).\n\nYes.") == "> It was [name] (née [name]).\n\nYes."
