"""Real clients' mails, planted with marks: exactly this comes out, and no mark."""

import pytest

from listserv.domain.anonymous_message import Anonymised
from tests.golden.anonymise.corpus import Sample, samples, taken_out, written

_EACH = pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.folder.name)


@_EACH
def test_what_comes_out_is_what_was_agreed(sample: Sample) -> None:
    assert written(sample.anonymised()) == sample.expected("out.txt")


@_EACH
def test_the_author_is_told_what_was_taken_out(sample: Sample) -> None:
    assert taken_out(sample.anonymised()) == sample.expected("redactions.txt")


@_EACH
def test_no_mark_comes_out(sample: Sample) -> None:
    result = sample.anonymised()
    assert isinstance(result, Anonymised)
    message = result.message
    seen = "\n".join(
        [message.subject, message.text, message.html]
        + [f"{a.name} {a.content_type} {a.content_id}" for a in message.attachments]
        + [a.content.decode("latin-1") for a in message.attachments]
    ).lower()
    assert len(sample.marks) >= 3
    assert [mark for mark in sample.marks if mark.lower() in seen] == []


def test_the_corpus_is_there() -> None:
    assert len(samples()) >= 15
