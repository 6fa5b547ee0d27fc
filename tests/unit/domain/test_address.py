import pytest
from hypothesis import given
from hypothesis import strategies as st

from listserv.domain.address import parse_address
from listserv.domain.errors import Refused


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ann@example.org", "ann@example.org"),
        ("  Ann.B+c@Example.ORG ", "ann.b+c@example.org"),
        ("josé@example.org", "josé@example.org"),
        ("jose\u0301@example.org", "jos\u00e9@example.org"),
        ("ann@bücher.example", "ann@bücher.example"),
        ("ann@localhost", "ann@localhost"),
    ],
)
def test_addresses_have_one_form(text: str, address: str) -> None:
    assert parse_address(text) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ann",
        "@example.org",
        "ann@",
        "a b@example.org",
        "ann@exa mple.org",
        "a..b@example.org",
        ".a@example.org",
        "ann@-example.org",
        '"ann b"@example.org',
        "ann@[127.0.0.1]",
        "<ann@example.org>",
        "ann@example.org\r\nBcc: x@y.z",
        "ann@example..org",
        "x" * 65 + "@example.org",
        "ann@" + "x" * 64 + ".org",
        "a@b@c.org",
    ],
)
def test_what_is_no_mailbox_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"ann@example\.org"):
        parse_address(text)


@given(st.text(max_size=60))
def test_parsing_twice_changes_nothing(text: str) -> None:
    try:
        once = parse_address(text)
    except Refused:
        return
    assert parse_address(once) == once
