"""The page of the reader's digest, where the words are those of anybody."""

from dataclasses import replace

import pytest

from listserv.domain.language import Language
from listserv.domain.subscription import DigestFormat
from listserv.mail.digest_html import content
from listserv.mail.digest_view import talks
from tests.golden.digests.issues import issue


def shown(text: str, subject: str = "Thursday") -> str:
    """A digest of one post."""
    found = issue(DigestFormat.READER, Language.ENGLISH)
    entry = replace(found.entries[0], post=replace(found.entries[0].post, subject=subject))
    found = replace(found, entries=(replace(entry, post=replace(entry.post, text=text)),))
    return content(found, talks(found), {})


def test_words_run_in_the_direction_of_their_script() -> None:
    html = shown("أهلا بالجميع.\n\nHello everyone.\n\n> שלום לכולם\n", subject="مرحبا")
    assert '<a href="#t1" dir="auto">مرحبا</a>' in html
    assert '<h2 id="t1" dir="auto">مرحبا</h2>' in html
    for text in ("أهلا بالجميع.", "Hello everyone.", "שלום לכולם"):
        assert f'<p dir="auto">{text}</p>' in html


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  so much depends", "\xa0\xa0so much depends"),
        ("\ta red wheel", "\xa0\xa0\xa0\xa0a red wheel"),
        (" " * 60 + "barrow", "\xa0" * 12 + "barrow"),
        ("   \nglazed", "glazed"),
        ("with  rain", "with  rain"),
    ],
)
def test_verses_keep_their_indents(typed: str, kept: str) -> None:
    assert f'<p dir="auto">{kept}</p>' in shown(typed + "\n")


def test_whoever_answers_is_told_that_all_read_it() -> None:
    assert ">Answer Quiet Otter (all read it)</a>" in shown("Words.\n")
