"""format=flowed, put together again (RFC 3676)."""

import pytest

from listserv.mail.anonymise.flowed import unflow


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("one \ntwo\nthree", "one two\nthree"),
        ("> one \n> two", "> one two"),
        (">> one \n> two", ">> one \n> two"),
        ("one \n-- \nsig", "one \n-- \nsig"),
        (" >no quote", ">no quote"),
        ("", ""),
    ],
)
def test_soft_breaks_are_joined(text: str, whole: str) -> None:
    assert unflow(text, delsp=False) == whole


def test_delsp_drops_the_space() -> None:
    assert unflow("日本 \n語", delsp=True) == "日本語"
