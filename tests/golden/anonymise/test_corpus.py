"""Real clients' mails, planted with marks: exactly this comes out, and no mark."""

from collections.abc import Iterable

import pytest

from listserv.domain.anonymous_message import Anonymised
from tests.golden.anonymise.corpus import Sample, copy_of, samples, taken_out, written
from tests.golden.anonymise.searcher import layers

_EACH = pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.folder.name)


@_EACH
def test_what_comes_out_is_what_was_agreed(sample: Sample) -> None:
    assert written(sample.anonymised()) == sample.expected("out.eml")


@_EACH
def test_the_author_is_told_what_was_taken_out(sample: Sample) -> None:
    assert taken_out(sample.anonymised()) == sample.expected("redactions.txt")


@_EACH
def test_no_mark_comes_out(sample: Sample) -> None:
    result = sample.anonymised()
    assert len(sample.marks) >= 3
    assert not isinstance(result, Anonymised) or marks_in(result, sample.marks) == []


def marks_in(result: Anonymised, marks: Iterable[str]) -> list[str]:
    """The marks that stand anywhere in the copy, encoded or not."""
    seen = "\n".join(layers(copy_of(result))).casefold()
    return [mark for mark in marks if mark.casefold() in seen]


def test_the_corpus_is_there() -> None:
    assert len(samples()) >= 80
