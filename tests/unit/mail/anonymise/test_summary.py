"""The line that tells an author what was taken out."""

import pytest

from listserv.domain.redaction import Redaction, RedactionKind
from listserv.mail.anonymise.summary import sentence


def test_nothing_taken_out_is_no_line() -> None:
    assert sentence(()) == ""


def test_things_are_listed_as_one_says_them() -> None:
    found = (
        Redaction(RedactionKind.SIGNATURE),
        Redaction(RedactionKind.EMAIL_ADDRESS, 2),
        Redaction(RedactionKind.PICTURE_DETAILS),
    )
    assert sentence(found) == (
        "Taken out before sending: your signature, 2 email addresses "
        "and the details inside 1 picture."
    )


@pytest.mark.parametrize(
    ("name", "count", "phrase"),
    [("PDF", 1, "a PDF"), ("Outlook file", 1, "an Outlook file"), ("video", 3, "3 videos")],
)
def test_attachments_are_named_by_kind(name: str, count: int, phrase: str) -> None:
    found = [Redaction(RedactionKind.ATTACHMENT, count, name)]
    assert sentence(found) == f"Taken out before sending: {phrase}."


@pytest.mark.parametrize("kind", list(RedactionKind))
@pytest.mark.parametrize("count", [1, 3])
def test_every_kind_has_words(kind: RedactionKind, count: int) -> None:
    line = sentence([Redaction(kind, count, "file")])
    assert line.startswith("Taken out before sending: ")
    assert line.isprintable()
