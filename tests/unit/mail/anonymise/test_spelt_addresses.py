"""Addresses that people spell out."""

import pytest

from tests.unit.mail.anonymise.cleaning import text


@pytest.mark.parametrize(
    "address",
    [
        "ann (at) example (dot) com", "ann [at] example [dot] com", "ann{at}example{dot}com",
        "ann AT example DOT com", "ann@example dot com", "ann at example dot com",
        "ann(ät)example.com", "ann @ example.com", "ann_at_example.com",
        "ann arroba example punto com", "@ann:matrix.example.com", "@ann@social.example.com",
        "ann ät example punkt com", "ann arobase example point com", "ann(arobase)example.com",
        "ann at example (dot) com dot org", "ann-at-example.com",
    ],
)  # fmt: skip
def test_they_are_addresses(address: str) -> None:
    assert text(f"Ask {address}, please.") == "Ask [an email address], please."


@pytest.mark.parametrize(
    "words",
    [
        "I looked at example sentences.", "Meet at the dot today.", "5 @ 3 each. So it is.",
        "I was there at noon. The next day too.", "We are at home. com", "a (at) b",
    ],
)  # fmt: skip
def test_sentences_are_none(words: str) -> None:
    assert text(words) == words


def test_the_list_s_own_stays() -> None:
    assert text("Write to group@example.org.") == "Write to group@example.org."
