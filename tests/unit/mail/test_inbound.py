"""What the parser reads, and what it refuses with a reason."""

import logging

import pytest

from listserv.mail.inbound import InboundMessage, Unreadable, parse

FROM = b"From: Ann Lee <Ann@Example.net>\r\n"


def _read(raw: bytes) -> InboundMessage:
    message = parse(raw)
    assert isinstance(message, InboundMessage), message
    return message


def _reason(raw: bytes) -> str:
    message = parse(raw)
    assert isinstance(message, Unreadable)
    return message.reason


def _multipart(*parts: bytes, kind: bytes = b"mixed", end: bytes = b"--b--\r\n") -> bytes:
    inner = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts)
    return FROM + b"Content-Type: multipart/" + kind + b"; boundary=b\r\n\r\n" + inner + end


def test_the_address_is_compared_in_one_form() -> None:
    assert _read(FROM + b"\r\nHi").from_address == "ann@example.net"


def test_the_name_is_decoded() -> None:
    assert _read(b"From: =?utf-8?q?Zo=C3=AB?= <z@example.net>\r\n\r\nHi").from_name == "Zoë"


def test_a_name_in_a_comment_is_a_name() -> None:
    assert _read(b"From: z@example.net (Zoe)\r\n\r\nHi").from_name == "Zoe"


def test_an_address_inside_an_encoded_name_is_no_address() -> None:
    raw = b"From: =?utf-8?q?a=40example.org=2C?= <z@example.net>\r\n\r\nHi"
    assert _read(raw).from_address == "z@example.net"


def test_a_subject_is_one_line_without_controls_and_bidi_marks() -> None:
    raw = FROM + b"Subject: =?utf-8?q?a=0D=0AX:_b=E2=80=AEc=07?=\r\n\r\nHi"
    assert _read(raw).subject == "a X: bc"


def test_a_letter_cut_across_two_encoded_words_is_whole() -> None:
    raw = FROM + b"Subject: =?utf-8?q?caf=C3?=\r\n =?utf-8?q?=A9?= au lait\r\n\r\nHi"
    assert _read(raw).subject == "café au lait"


def test_raw_utf8_in_a_header_is_read() -> None:
    assert _read(FROM + "Subject: Grüße\r\n\r\nHi".encode()).subject == "Grüße"


def test_line_ends_may_be_lf() -> None:
    assert _read(b"From: a@example.net\nSubject: s\n\nHi\n").parts[0].text == "Hi\n"


def test_missing_subject_date_and_body_are_fine() -> None:
    message = _read(FROM + b"\r\n")
    assert (message.subject, message.parts[0].text) == ("", "")


def test_bytes_labelled_ascii_may_be_utf8() -> None:
    raw = FROM + b"Content-Type: text/plain; charset=us-ascii\r\n\r\n" + "Grüße".encode()
    assert _read(raw).parts[0].text == "Grüße"


def test_latin1_is_read_as_programs_mean_it() -> None:
    raw = FROM + b"Content-Type: text/plain; charset=iso-8859-1\r\n\r\nIt\x92s"
    assert _read(raw).parts[0].text == "It’s"


@pytest.mark.parametrize(
    ("charset", "content", "words"),
    [
        ("iso-8859-8-i", b"\xf9\xec\xe5\xed", "שלום"),
        ("windows-949", b"\xbe\xc8\xb3\xe7", "안녕"),
        ("x-gbk", b"\xc4\xe3\xba\xc3", "你好"),
        ("x-euc-jp", b"\xc6\xfc\xcb\xdc", "日本"),
        ("koi8-ru", b"\xc4\xc1", "да"),
        ("unknown-8bit", "Grüße".encode(), "Grüße"),
    ],
)
def test_charsets_are_known_by_their_other_names(charset: str, content: bytes, words: str) -> None:
    raw = FROM + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + content
    assert _read(raw).parts[0].text == words


def test_an_mbox_separator_is_passed_over() -> None:
    assert _read(b"From a Mon Nov  2\n" + FROM + b"\r\nHi").from_name == "Ann Lee"


def test_long_lines_are_read() -> None:
    assert len(_read(FROM + b"\r\n" + b"x" * 100_000).parts[0].text or "") == 100_000


def test_parts_say_where_they_stand() -> None:
    inner = b"Content-Type: multipart/alternative; boundary=c\r\n\r\n"
    forms = b"--c\r\n\r\nplain\r\n--c\r\nContent-Type: text/html\r\n\r\nhtml\r\n--c--"
    message = _read(_multipart(inner + forms, b"Content-Type: image/png\r\n\r\nx"))
    assert [part.place for part in message.parts] == [(0, 0), (0, 1), (1,)]
    assert message.parts[1].path == ("multipart/mixed", "multipart/alternative")


def test_file_names_are_decoded_in_every_form() -> None:
    forms = (b"filename*=utf-8''caf%C3%A9.txt", b'filename="=?utf-8?q?caf=C3=A9.txt?="')
    for form in forms:
        raw = FROM + b"Content-Disposition: attachment; " + form + b"\r\n\r\nx"
        assert _read(raw).parts[0].filename == "café.txt"


def test_names_and_addresses_of_every_naming_field_are_known() -> None:
    raw = FROM + b"Reply-To: A. Lee <alee@work.example>\r\nSender: <box@isp.example>\r\n\r\nHi"
    message = _read(raw)
    assert message.known_names == {"Ann Lee", "A. Lee"}
    assert message.known_addresses == {"ann@example.net", "alee@work.example", "box@isp.example"}


def test_nothing_of_a_nested_mail_is_read() -> None:
    raw = _multipart(b"\r\nHi", b"Content-Type: message/rfc822\r\n\r\nFrom: x@y.z\r\n\r\nsecret")
    assert _read(raw).parts[1].content == b""


def test_representations_hide_what_is_inside() -> None:
    shown = repr(_read(FROM + b"Subject: secret\r\n\r\nsecret"))
    assert "secret" not in shown and "example.net" not in shown


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"", "empty"),
        (b"\r\n\r\n", "empty"),
        (b"Subject: s\r\n\r\nHi", "no From field"),
        (FROM * 2 + b"\r\nHi", "more than one From field"),
        (FROM + b"Subject: a\r\nSubject: b\r\n\r\nHi", "more than one Subject field"),
        (b"From: a@example.net, b@example.net\r\n\r\nHi", "exactly one address"),
        (b"From: <a@example.net> <b@example.net>\r\n\r\nHi", "exactly one address"),
        (b"From: undisclosed:;\r\n\r\nHi", "exactly one address"),
        (b"From: nobody\r\n\r\nHi", "not one we can read"),
        (FROM + b"no field here\r\n\r\nHi", "no header field"),
        (b" folded first\r\n" + FROM + b"\r\nHi", "continued line"),
        (FROM + b"Subject: a\rX: b\r\n\r\nHi", "bare carriage return"),
        (FROM + b"\r\nHi\x00", "NUL"),
        (FROM + b"Subject: \xff\xfe\r\n\r\nHi", "unknown letters"),
        (FROM + b"Subject: =?x-none?q?a?=\r\n\r\nHi", "character set"),
        (FROM + b"Content-Type: text/plain; charset=x-none\r\n\r\nHi", "character set"),
        (FROM + b"Content-Type: text/plain; charset=utf-7\r\n\r\nHi", "character set"),
        (FROM + b"Content-Type: text/plain; charset=utf-8\r\n\r\n\xff", "character set"),
        (FROM + b"Content-Type: text/plain; charset=unknown-8bit\r\n\r\n\xe9", "character set"),
        (FROM + b"Content-Transfer-Encoding: base64\r\n\r\n!!!", "transfer encoding"),
        (FROM + b"Content-Transfer-Encoding: x-odd\r\n\r\nHi", "transfer encoding"),
        (FROM + b"Content-Type: message/partial; id=a\r\n\r\nHi", "cut up"),
        (FROM + b"Content-Type: message/external-body\r\n\r\nHi", "outside"),
        (_multipart(b"\r\nHi", end=b""), "do not fit together"),
        (FROM + b"Content-Type: multipart/mixed\r\n\r\nHi", "do not fit together"),
        (FROM + b"X: y\r\n" * 1001 + b"\r\nHi", "too many fields"),
        (FROM + b"X: " + b"y" * 30_000 + b"\r\n\r\nHi", "too long"),
        (FROM + b"X: y\r\n" * 60_000 + b"\r\nHi", "too large"),
        (FROM + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" * 31, "mails inside mails"),
        (_multipart(*[b"\r\nHi"] * 501), "too many parts"),
        (FROM + b"Content-Type: multipart/mixed" + b";" * 5000 + b"\r\n\r\nHi", "too long"),
    ],
)
def test_what_cannot_be_read_with_certainty_is_refused_with_a_reason(raw: bytes, word: str) -> None:
    assert word in _reason(raw)


def test_reasons_never_quote_the_mail() -> None:
    assert "secret" not in _reason(b"From: secret\r\n\r\nsecret")


def test_the_library_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        parse(FROM + b"Subject: secret\r\n\r\nHi")
    assert caplog.text == ""


@pytest.mark.timeout(20)
def test_a_megabyte_of_combining_marks_is_read_at_once() -> None:
    body = "\u0301\u0323".encode() * 250_000
    assert isinstance(parse(FROM + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + body),
                      InboundMessage)  # fmt: skip
