"""What authors read above their own copy."""

from base64 import encodebytes

import pytest

from listserv.adapters.decoder_process import DecoderProcess
from listserv.domain.language import Language
from listserv.domain.list_settings import AttachmentPolicy
from listserv.domain.redaction import Redaction, RedactionKind
from listserv.mail.author_line import author_line
from tests.reading import too_hard
from tests.unit.mail.anonymise.cleaning import mixed
from tests.unit.mail.decoding.photographs import saved

_KINDS = (
    ["PDF", "document", "spreadsheet", "presentation", "video", "key", "picture", "font", "file"],
    ["calendar file", "contact card", "Outlook file", "mail", "packed file", "sound file"],
)


def _left_out(*kinds: str) -> list[Redaction]:
    return [Redaction(RedactionKind.ATTACHMENT, detail=kind) for kind in kinds]


def test_a_file_that_was_left_out_comes_with_what_to_do_instead() -> None:
    line = author_line(_left_out("PDF"), AttachmentPolicy.IMAGES)
    assert line == (
        "Taken out before sending: a PDF. Files like these can carry your name inside. "
        "You can copy their words into a mail, or send a picture of the page."
    )


def test_in_spanish_too() -> None:
    line = author_line(_left_out("packed file"), AttachmentPolicy.IMAGES, Language.SPANISH)
    assert line.startswith("Quitado antes de enviar: un archivo comprimido. No podemos mirar")


@pytest.mark.parametrize("language", list(Language))
def test_each_advice_comes_once(language: Language) -> None:
    line = author_line(_left_out("PDF", "document", "video"), AttachmentPolicy.IMAGES, language)
    sentences = line.rstrip(".").split(". ")
    assert len(sentences) == len(set(sentences)) == 4


def test_a_list_that_takes_words_only_says_so() -> None:
    line = author_line(_left_out("picture", "PDF"), AttachmentPolicy.NONE)
    assert line.endswith("a picture and a PDF. This group passes on words only, no files.")


def test_no_advice_without_a_file() -> None:
    taken = [Redaction(RedactionKind.SIGNATURE)]
    line = author_line(taken, AttachmentPolicy.IMAGES)
    assert line == "Taken out before sending: your signature."


@pytest.mark.parametrize("language", list(Language))
def test_nothing_taken_out_is_said(language: Language) -> None:
    assert author_line([], AttachmentPolicy.NONE, language).count(".") == 2


@pytest.mark.parametrize("policy", list(AttachmentPolicy))
@pytest.mark.parametrize("language", list(Language))
def test_every_kind_of_file_has_calm_and_easy_words(
    policy: AttachmentPolicy, language: Language
) -> None:
    every = author_line(_left_out(*(kind for kinds in _KINDS for kind in kinds)), policy, language)
    advice = every.partition(". ")[2]
    assert advice
    assert not {"!", "¡", "{", "["} & set(every)
    assert too_hard(advice, language) == ""


def test_a_place_in_a_picture_is_named() -> None:
    photo = saved("JPEG")
    head = b"Content-Type: image/jpeg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    words = (
        b"Content-Type: text/plain\r\n\r\nHi.\r\n\r\nBest\r\nZelda Quarkwright\r\n030 5550123\r\n"
    )
    found = mixed(words, head + encodebytes(photo), decoder=DecoderProcess())
    assert author_line(found.redactions, AttachmentPolicy.IMAGES) == (
        "Taken out before sending: your signature, a phone number in it "
        "and the location inside 1 picture."
    )
