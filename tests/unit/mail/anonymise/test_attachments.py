"""Pictures anew, texts as text, and the rest left out with a line."""

import base64

import pytest

from listserv.domain.anonymous_message import Attachment, Unclean
from listserv.domain.list_settings import AttachmentPolicy
from listserv.domain.picture import Picture
from listserv.domain.redaction import Redaction, RedactionKind
from tests.unit.mail.anonymise.cleaning import kinds, mixed, result_of
from tests.unit.mail.decoding.photographs import saved

WORDS = b"\r\nSome words."


class _Broken:
    """A decoder that makes nothing of anything."""

    asked = 0

    def picture(self, content: bytes) -> Picture | None:
        self.asked += 1
        return None

    def words(self, content: bytes) -> str | None:
        raise AssertionError(content)


def _picture(content: bytes, kind: str = "image/jpeg", *fields: bytes) -> bytes:
    head = b"\r\n".join([f"Content-Type: {kind}; name=ZQ77MARK.jpg".encode(), *fields])
    return head + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + _base64(content)


def _base64(content: bytes) -> bytes:
    return base64.encodebytes(content)


def test_a_picture_gets_a_name_of_ours() -> None:
    attached = mixed(WORDS, _picture(saved("JPEG"))).message.attachments
    assert [(a.name, a.content_type, a.content_id) for a in attached] == [
        ("picture-1.jpg", "image/jpeg", "")
    ]


def test_a_picture_in_the_html_keeps_its_place() -> None:
    html = b'Content-Type: text/html\r\n\r\n<p>Look</p><img src="cid:zq@x"><p>there</p>'
    result = mixed(html, _picture(saved("JPEG"), "image/jpeg", b"Content-ID: <zq@x>"))
    attached = result.message.attachments
    assert f'<img src="cid:{attached[0].content_id}" alt="picture">' in result.message.html
    assert "zq@x" not in result.message.html


def test_a_picture_that_cannot_be_read_is_left_out() -> None:
    result = mixed(WORDS, _picture(b"nonsense"))
    assert result.message.text == "Some words.\n\n[A picture was left out]"
    assert not result.message.attachments


def test_a_disguised_file_is_left_out() -> None:
    result = mixed(WORDS, _picture(b"PK\x03\x04" + b"x" * 100, "image/png"))
    assert result.message.text == "Some words.\n\n[A picture was left out]"


@pytest.mark.parametrize(
    ("kind", "name"), [("image/svg+xml", "a.png"), ("application/octet-stream", "a.svg"),
                       ("image/x-emf", "image001.emf")]
)  # fmt: skip
def test_drawings_made_of_words_and_commands_are_not_even_opened(kind: str, name: str) -> None:
    decoder = _Broken()
    part = f"Content-Type: {kind}; name={name}\r\n\r\n<svg/>".encode()
    result = mixed(WORDS, part, decoder=decoder)
    assert result.message.text == "Some words.\n\n[A picture was left out]"
    assert decoder.asked == 0


def test_a_mail_full_of_broken_pictures_soon_stops_asking() -> None:
    decoder = _Broken()
    result = mixed(WORDS, *[_picture(b"nonsense")] * 9, b"\r\nMore.", decoder=decoder)
    assert decoder.asked == 4
    assert result.message.text.count("[A picture was left out]") == 9
    assert result.message.text.startswith("Some words.")
    assert result.message.text.endswith("More.")


def test_twenty_pictures_pass_and_no_more() -> None:
    result = mixed(WORDS, *[_picture(saved("GIF"))] * 21)
    assert [a.name for a in result.message.attachments][-1] == "picture-20.png"
    assert len(result.message.attachments) == 20
    assert result.message.text.count("[A picture was left out]") == 1


def test_without_attachments_pictures_are_left_out_too() -> None:
    result = mixed(WORDS, _picture(saved("JPEG")), policy=AttachmentPolicy.NONE)
    assert result.message.text.endswith("[A picture was left out]")
    assert kinds(result) == {RedactionKind.ATTACHMENT: 1}


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("application/pdf", "[A PDF was left out]"),
        ("application/octet-stream; name=cv.docx", "[A document was left out]"),
        ("application/octet-stream", "[A file was left out]"),
        ("application/zip", "[A packed file was left out]"),
        ("text/calendar", "[A calendar file was left out]"),
        ("text/vcard", "[A contact card was left out]"),
        ("video/mp4", "[A video was left out]"),
        ("audio/mpeg", "[A sound file was left out]"),
        ("application/ms-tnef", "[An Outlook file was left out]"),
        ("text/html; name=a.html", "[A web page was left out]"),
        ("message/rfc822", "[A mail was left out]"),
        ("image/svg+xml", "[A picture was left out]"),
    ],
)
@pytest.mark.parametrize("policy", list(AttachmentPolicy))
def test_the_rest_is_left_out_with_a_line(head: str, line: str, policy: AttachmentPolicy) -> None:
    result = mixed(WORDS, f"Content-Type: {head}\r\n\r\nzq".encode(), policy=policy)
    assert result.message.text == f"Some words.\n\n{line}"
    assert not result.message.attachments


def test_the_line_stands_where_the_file_stood() -> None:
    text = mixed(WORDS, b"Content-Type: application/pdf\r\n\r\nx", b"\r\nMore.").message.text
    assert text == "Some words.\n\n[A PDF was left out]\n\nMore."


def test_text_files_are_cleaned_like_a_body() -> None:
    part = b"Content-Type: text/plain; name=zelda.txt\r\n\r\nby Zelda Quarkwright\r\n"
    attached = mixed(WORDS, part).message.attachments
    assert attached == (Attachment("document-1.txt", "text/plain", b"by [name]\n"),)


def test_keys_and_signatures_go_without_a_line() -> None:
    result = mixed(WORDS, b"Content-Type: application/pgp-keys\r\n\r\nzq")
    assert result.message.text == "Some words."
    assert result.redactions == (Redaction(RedactionKind.CRYPTO_SIGNATURE),)


@pytest.mark.parametrize(
    ("field", "body"),
    [
        ("application/pkcs7-mime; smime-type=enveloped-data", b"MII="),
        ("text/plain", b"-----BEGIN PGP MESSAGE-----\n\nhQ\n-----END PGP MESSAGE-----"),
        (
            "multipart/encrypted; boundary=b",
            b"--b\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n--b--",
        ),
    ],
)
def test_what_is_encrypted_is_refused_kindly(field: str, body: bytes) -> None:
    result = result_of(body, f"Content-Type: {field}")
    assert isinstance(result, Unclean)
    assert "without encryption" in result.reason


@pytest.mark.parametrize(
    ("field", "body"),
    [
        ("text/plain", b""),
        ("text/plain", b"-- \nZelda"),
        ("text/html", b"<p> </p>"),
        ("application/pdf", b"x"),
    ],
)
def test_when_nothing_is_left_to_read_the_author_is_told(field: str, body: bytes) -> None:
    result = result_of(body, f"Content-Type: {field}")
    assert isinstance(result, Unclean)
    assert "few words" in result.reason


def test_one_emoji_is_something_to_read() -> None:
    result = result_of("🙂".encode(), "Content-Type: text/plain; charset=utf-8")
    assert not isinstance(result, Unclean)
