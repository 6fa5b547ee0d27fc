"""What stands on the wire; the talk with a relay is tested in tests/integration/relay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listserv.adapters.relay_url import RelayUrl, Tls, read_relay_url
from listserv.adapters.smtp_relay import SmtpRelay
from listserv.adapters.smtp_wire import dotted


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.net", RelayUrl("mail.example.net", 25, Tls.OFFERED)),
        ("smtp://[::1]:2525", RelayUrl("::1", 2525, Tls.OFFERED)),
        (
            "smtp+starttls://ann%40example.org:p%2Fw%3A@mail.example.net",
            RelayUrl("mail.example.net", 587, Tls.REQUIRED, "ann@example.org", "p/w:"),
        ),
        ("smtps://a:b@mail.example.net", RelayUrl("mail.example.net", 465, Tls.AT_ONCE, "a", "b")),
    ],
)
def test_the_url_says_where_and_how(url: str, expected: RelayUrl) -> None:
    assert read_relay_url(url) == expected


def test_another_scheme_is_refused() -> None:
    with pytest.raises(ValueError, match="http"):
        read_relay_url("http://mail.example.net")


def test_a_password_stands_in_no_representation() -> None:
    assert "hidden" not in repr(read_relay_url("smtps://hidden-user:hidden@mail.example.net"))


def test_a_relay_is_not_called_before_there_is_mail() -> None:
    with SmtpRelay("smtp://192.0.2.1:25", "lists.example.org").session() as session:
        assert isinstance(session, SmtpRelay)


@given(st.binary(max_size=300) | st.text(".\r\nab", max_size=60).map(str.encode))
def test_only_the_end_looks_like_the_end(content: bytes) -> None:
    wire = dotted(content)
    assert wire.endswith(b"\r\n.\r\n") or wire == b"\r\n.\r\n"
    assert wire.count(b"\n") == wire.count(b"\r") == wire.count(b"\r\n")
    lines = wire.split(b"\r\n")[:-2]
    assert b"." not in lines
    undotted = b"".join(line.removeprefix(b".") + b"\r\n" for line in lines)
    as_sent = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\n", b"\r\n")
    assert undotted == (as_sent if as_sent.endswith(b"\r\n") else as_sent + b"\r\n")
