"""Pictures anew, texts as text, and the rest left out with a line."""

import base64
import io

import pillow_heif
import pytest
from PIL import Image

from listserv.domain.anonymous_message import Attachment, Unclean
from listserv.domain.list_settings import AttachmentPolicy
from listserv.domain.redaction import Redaction, RedactionKind
from listserv.mail.anonymise.pictures import rebuild
from tests.unit.mail.anonymise.cleaning import kinds, mixed, result_of

WORDS = b"\r\nSome words."
MARK = b"ZQ77MARK"


def _saved(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 20)) -> bytes:
    image = Image.new(mode, size, (200, 30, 30, 128)[: len(mode)])
    exif = Image.Exif()
    exif[0x010E] = MARK.decode()
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    more = {"comment": MARK} if kind in ("JPEG", "GIF") else {"exif": exif.tobytes()}
    if kind == "JPEG":
        more["exif"] = exif.tobytes()
    image.save(out, kind, **more)
    return out.getvalue() + MARK


def _picture(content: bytes, kind: str = "image/jpeg", *fields: bytes) -> bytes:
    head = b"\r\n".join([f"Content-Type: {kind}; name=ZQ77MARK.jpg".encode(), *fields])
    return head + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + _base64(content)


def _base64(content: bytes) -> bytes:
    return base64.encodebytes(content)


@pytest.mark.parametrize(
    ("kind", "content_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("GIF", "image/png")],
)
def test_pictures_are_made_anew_without_a_trace(kind: str, content_type: str) -> None:
    picture = rebuild(_saved(kind))
    assert picture is not None
    assert picture.content_type == content_type
    assert MARK not in picture.content
    with Image.open(io.BytesIO(picture.content)) as image:
        assert not image.getexif()
        assert not {"exif", "comment", "icc_profile", "xmp"} & set(image.info)


def test_heic_becomes_jpeg() -> None:
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 64), (9, 99, 9))).save(out)
    picture = rebuild(out.getvalue())
    assert picture is not None
    assert (picture.content_type, picture.ending) == ("image/jpeg", "jpg")


def test_a_turned_photo_stands_upright() -> None:
    picture = rebuild(_saved("JPEG"))
    assert picture is not None
    assert Image.open(io.BytesIO(picture.content)).size == (20, 40)


def test_a_large_photo_is_made_smaller() -> None:
    picture = rebuild(_saved("JPEG", size=(6000, 3000)))
    assert picture is not None
    assert max(Image.open(io.BytesIO(picture.content)).size) == 2560


def test_what_lies_under_full_transparency_is_not_kept() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (200, 30, 30, 0)).save(out, "PNG")
    picture = rebuild(out.getvalue())
    assert picture is not None
    assert Image.open(io.BytesIO(picture.content)).convert("RGBA").getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_moving_pictures_keep_their_frames_and_times_only(kind: str) -> None:
    frames = [Image.new("RGB", (16, 16), (n * 80, 0, 0)) for n in range(3)]
    out = io.BytesIO()
    more = {"comment": MARK} if kind == "GIF" else {}
    frames[0].save(
        out, kind, save_all=True, append_images=frames[1:], duration=[100, 200, 300], **more
    )
    picture = rebuild(out.getvalue())
    assert picture is not None
    assert MARK not in picture.content
    again = Image.open(io.BytesIO(picture.content))
    assert getattr(again, "n_frames", 1) == 3


@pytest.mark.parametrize("content", [b"", b"nonsense", _saved("PNG")[:60], b"%!PS-Adobe"])
def test_what_is_no_picture_gives_none(content: bytes) -> None:
    assert rebuild(content) is None


def test_a_bomb_is_not_decoded() -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    assert rebuild(out.getvalue()) is None


def test_a_picture_gets_a_name_of_ours() -> None:
    attached = mixed(WORDS, _picture(_saved("JPEG"))).message.attachments
    assert [(a.name, a.content_type, a.content_id) for a in attached] == [
        ("picture-1.jpg", "image/jpeg", "")
    ]


def test_a_picture_in_the_html_keeps_its_place() -> None:
    html = b'Content-Type: text/html\r\n\r\n<p>Look</p><img src="cid:zq@x"><p>there</p>'
    result = mixed(html, _picture(_saved("JPEG"), "image/jpeg", b"Content-ID: <zq@x>"))
    attached = result.message.attachments
    assert f'<img src="cid:{attached[0].content_id}" alt="picture">' in result.message.html
    assert "zq@x" not in result.message.html


def test_a_picture_that_cannot_be_read_is_left_out() -> None:
    result = mixed(WORDS, _picture(b"nonsense"))
    assert result.message.text == "Some words.\n\n[A picture was left out]"
    assert not result.message.attachments


def test_without_attachments_pictures_are_left_out_too() -> None:
    result = mixed(WORDS, _picture(_saved("JPEG")), policy=AttachmentPolicy.NONE)
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
