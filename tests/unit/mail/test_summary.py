"""The line that tells an author what was taken out."""

import pytest

from listserv.domain.language import Language
from listserv.domain.redaction import Redaction, RedactionKind
from listserv.mail.anonymise import kinds
from listserv.mail.summary import sentence
from listserv.mail.summary_words import ATTACHMENTS


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


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", list(RedactionKind))
@pytest.mark.parametrize("count", [1, 3])
def test_every_kind_has_words(kind: RedactionKind, count: int, language: Language) -> None:
    line = sentence([Redaction(kind, count, "file")], language)
    assert line.endswith(".") and line.isprintable() and "{}" not in line


def test_a_phone_number_that_stays_is_told_apart() -> None:
    found = (Redaction(RedactionKind.SIGNATURE), Redaction(RedactionKind.PHONE_KEPT))
    assert sentence(found) == (
        "Taken out before sending: your signature. "
        "A phone number stays in your words: others can see it."
    )


def test_the_line_speaks_the_language_of_the_list() -> None:
    found = (
        Redaction(RedactionKind.SIGNATURE),
        Redaction(RedactionKind.PHONE_NUMBER),
        Redaction(RedactionKind.PICTURE_DETAILS, detail="location"),
    )
    assert sentence(found) == (
        "Taken out before sending: your signature, a phone number in it "
        "and the location inside 1 picture."
    )
    assert sentence(found, Language.SPANISH) == (
        "Quitado antes de enviar: tu firma, un teléfono en ella y el lugar dentro de 1 imagen."
    )


def test_every_kind_of_file_has_a_spanish_word() -> None:
    words = {*kinds._BY_TYPE.values(), *kinds._BY_ENDING.values(), *kinds._BY_FAMILY.values()}
    assert words <= set(ATTACHMENTS)
