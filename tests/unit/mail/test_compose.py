from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listserv.domain.anonymous_message import AnonymousMessage, Attachment
from listserv.domain.list_settings import ListSettings
from listserv.domain.mailing_list import MailingList
from listserv.mail.characters import one_line, plain
from listserv.mail.compose import NO_SUBJECT, compose_forward, compose_notice, compose_post
from tests.golden.compose.posts import DATE, GROUP, LEAVE, URL, post

NOTICE: dict[str, Any] = {
    "from_name": "Evenings",
    "from_address": "group-request@example.org",
    "recipient": "ann@example.net",
    "subject": "Welcome",
    "text": "Hello.\n",
    "message_id": "<m@example.org>",
}


def read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=default)


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text.replace("\r\n", "\n")


def assert_well_formed(raw: bytes) -> None:
    assert raw.count(b"\n") == raw.count(b"\r") == raw.count(b"\r\n")
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert raw.isascii()
    assert not any((byte < 32 and byte not in (9, 10, 13)) or byte == 127 for byte in raw)
    mail = read(raw)
    for name in ("From", "Date", "Message-ID", "Subject", "To"):
        assert len(mail.get_all(name, [])) == 1
    for part in mail.walk():
        assert not part.defects


_ATTACHMENTS = st.lists(
    st.builds(
        Attachment,
        st.text(max_size=40),
        st.sampled_from(["image/jpeg", "text/plain", "message/rfc822", "multipart/x", "odd", ""]),
        st.binary(max_size=200),
        st.sampled_from(["", "picture-1", "picture-10", 'odd"<name>']),
    ),
    max_size=3,
)
_MESSAGES = st.builds(
    AnonymousMessage,
    st.text(max_size=300),
    st.text(max_size=2000) | st.text("a.- \n=\tFrom", max_size=2000),
    st.just("") | st.text(max_size=500) | st.just('<p><img src="cid:picture-1"></p>'),
    _ATTACHMENTS.map(tuple),
)


@given(_MESSAGES, st.text(max_size=60), st.text(max_size=100))
def test_any_message_becomes_well_formed_mail(
    message: AnonymousMessage, handle: str, author_line: str
) -> None:
    template = compose_post(post(message, handle=handle), GROUP, DATE)
    raw = template.copy(URL, LEAVE, author_line)
    assert_well_formed(raw)
    mail = read(raw)
    assert text_of(mail).startswith(plain(message.text).rstrip("\n"))
    assert len(list(mail.walk())) <= 5 + len(message.attachments)


@given(st.text(max_size=300))
def test_a_subject_reads_back_as_one_line(subject: str) -> None:
    raw = compose_post(post(AnonymousMessage(subject, "x\n")), GROUP, DATE).copy(URL, LEAVE)
    assert read(raw)["Subject"] == (one_line(subject) or NO_SUBJECT)


@given(st.text(max_size=80))
def test_a_handle_never_changes_who_the_mail_is_from(handle: str) -> None:
    raw = compose_post(post(AnonymousMessage("x", "x\n"), handle=handle), GROUP, DATE)
    mail = raw.copy(URL, LEAVE)
    (sender,) = read(mail)["From"].addresses
    assert (sender.username, sender.domain) == ("group", "example.org")
    # The new parser of Python 3.11 leaves a space between two encoded words of a name.
    field = str(make_header(decode_header(message_from_bytes(mail)["From"])))
    name = field.removesuffix("<group@example.org>").strip()
    name = name[1:-1] if name.endswith('"') else name  # a handle may begin with one
    assert name.replace("\\\\", "\\").replace('\\"', '"') == one_line(f"{handle} via Evenings")


def test_copies_differ_in_one_field_only() -> None:
    template = compose_post(post(AnonymousMessage("x", "x\n")), GROUP, DATE)
    one = template.copy("https://l.example/1", "group-leave+1@example.org")
    two = template.copy("https://l.example/2", "group-leave+2@example.org")
    assert one != two
    assert one.replace(b"/1>", b"/2>").replace(b"+1@", b"+2@") == two


def test_the_authors_line_stands_above_the_footer_in_text_and_page() -> None:
    message = AnonymousMessage("x", "Hello.\n", "<p>Hello.</p>")
    raw = compose_post(post(message), GROUP, DATE).copy(URL, LEAVE, "Your <name> was left out.")
    mail = read(raw)
    assert "Hello.\n\nYour <name> was left out.\n\n-- \n" in text_of(mail)
    page = mail.get_body(("html",))
    assert page is not None
    assert "<p>Your &lt;name&gt; was left out.</p>\r\n<p>-- <br>" in page.get_content()


def test_each_picture_stands_where_the_page_points() -> None:
    pictures = tuple(
        Attachment(f"{name}.jpg", "image/jpeg", name.encode(), name) for name in ("p-1", "p-10")
    )
    html = '<img src="cid:p-10"> then <img alt="x" src="cid:p-1"> &lt;img src="cid:p-1"&gt;'
    raw = compose_post(post(AnonymousMessage("x", "x\n", html, pictures)), GROUP, DATE)
    mail = read(raw.copy(URL, LEAVE))
    page = mail.get_body(("html",))
    assert page is not None
    ids = {p["Content-ID"].strip("<>"): p.get_content() for p in mail.walk() if p["Content-ID"]}
    assert len(ids) == 2
    for content_id, content in ids.items():
        assert content_id.endswith("@example.org")
        assert page.get_content().count(f'src="cid:{content_id}"') == 1
        assert content_id.split(".")[0].encode() == content
    assert '&lt;img src="cid:p-1"&gt;' in page.get_content()


def test_words_that_look_encoded_stay_words() -> None:
    subject = "=?utf-8?q?not_me?= hello"
    raw = compose_post(post(AnonymousMessage(subject, "x\n")), GROUP, DATE).copy(URL, LEAVE)
    assert read(raw)["Subject"] == subject
    assert b"=?utf-8?q?not_me?=" not in raw


def test_the_same_post_is_composed_alike_and_another_with_other_boundaries() -> None:
    message = AnonymousMessage("x", "x\n", "<p>x</p>")
    one = compose_post(post(message), GROUP, DATE).copy(URL, LEAVE)
    assert one == compose_post(post(message), GROUP, DATE).copy(URL, LEAVE)
    other = replace(post(message), message_id="<other@example.org>")
    two = compose_post(other, GROUP, DATE).copy(URL, LEAVE)
    assert read(one).get_boundary() != read(two).get_boundary()


def test_a_long_title_is_folded() -> None:
    group = MailingList(1, "group@example.org", "a long title " * 30, ListSettings())
    raw = compose_post(post(AnonymousMessage("x", "x\n")), group, DATE).copy(URL, LEAVE)
    lines = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert all(len(line) <= 76 for line in lines if URL.encode() not in line)


def test_a_notice_has_its_fields_and_no_others() -> None:
    raw = compose_notice(
        **NOTICE,
        date=DATE,
        reply_to="group-confirm+t@example.org",
        mailing_list=GROUP,
    )
    assert raw == (
        b"Subject: Welcome\r\n"
        b'From: "Evenings" <group-request@example.org>\r\n'
        b"To: ann@example.net\r\n"
        b"Reply-To: group-confirm+t@example.org\r\n"
        b"Message-ID: <m@example.org>\r\n"
        b"Date: Mon, 23 Nov 2026 18:30:00 +0000\r\n"
        b"List-Id: Evenings <group.example.org>\r\n"
        b"Auto-Submitted: auto-generated\r\n"
        b"MIME-Version: 1.0\r\n"
        b'Content-Type: text/plain; charset="utf-8"\r\n'
        b"Content-Transfer-Encoding: 7bit\r\n"
        b"\r\n"
        b"Hello.\r\n"
    )


def test_a_notice_can_carry_files() -> None:
    files = (Attachment("my-data.json", "application/json", b'{"a": 1}'),)
    raw = compose_notice(**NOTICE, date=DATE, attachments=files)
    assert_well_formed(raw)
    mail = read(raw)
    assert text_of(mail) == "Hello.\n"
    (file,) = mail.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("my-data.json", b'{"a": 1}')


def test_a_notice_to_an_address_beyond_ascii_stays_readable() -> None:
    raw = compose_notice(**{**NOTICE, "recipient": "jörg@example.net"}, date=DATE)
    assert "To: jörg@example.net\r\n".encode() in raw
    raw = compose_notice(**{**NOTICE, "recipient": "ann@bücher.example"}, date=DATE)
    assert b"To: ann@xn--bcher-kva.example\r\n" in raw


@pytest.mark.parametrize("field", ["message_id", "from_address", "recipient"])
def test_a_notice_cannot_be_given_a_second_header(field: str) -> None:
    with pytest.raises(ValueError, match="does not belong"):
        compose_notice(**{**NOTICE, field: "a@example.org\r\nBcc: b@example.org"}, date=DATE)


FORWARD = {
    "from_address": "postmaster@example.org",
    "recipient": "op@example.net",
    "subject": "Mail to postmaster",
    "text": "It is attached.",
    "message_id": "<m@example.org>",
}


def test_a_clean_original_is_attached_as_a_mail() -> None:
    raw = compose_forward(**FORWARD, original=b"From: a@example.com\nSubject: x\n\nhi\n", date=DATE)
    assert_well_formed(raw)
    mail = read(raw)
    (attached,) = mail.iter_attachments()
    assert attached.get_content_type() == "message/rfc822"
    assert attached.get_content()["Subject"] == "x"
    assert mail["From"].addresses[0] == Address("Quietlist", "postmaster", "example.org")


@pytest.mark.parametrize(
    "original",
    [b"Subject: \xff\r\n\r\nx", b"x" * 2000, b"a\0b", b"Subject: x\r\n\r\na\x1bb"],
    ids=["8bit", "long", "nul", "control"],
)
def test_an_odd_original_is_attached_as_a_file(original: bytes) -> None:
    raw = compose_forward(**FORWARD, original=original, date=DATE)
    assert_well_formed(raw)
    (attached,) = read(raw).iter_attachments()
    assert attached.get_content() == original


@given(st.binary(max_size=500))
def test_any_original_can_be_forwarded(original: bytes) -> None:
    assert_well_formed_outside(compose_forward(**FORWARD, original=original, date=DATE))


def assert_well_formed_outside(raw: bytes) -> None:
    """What stands in the attached mail is its own; only the wire's rules hold for it."""
    assert raw.count(b"\n") == raw.count(b"\r") == raw.count(b"\r\n")
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert raw.isascii()
    assert b"\0" not in raw
