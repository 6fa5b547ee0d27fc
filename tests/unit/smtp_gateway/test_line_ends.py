import time

import pytest

from smtp_gateway.limits import LONGEST_LINE
from smtp_gateway.line_ends import as_sent, has_endless_line


@pytest.mark.parametrize(
    ("wire", "sent"),
    [
        (b"", b""),
        (b"a\r\nb\r\n", b"a\r\nb\r\n"),
        (b"..a\r\n..\r\n.b\r\n", b".a\r\n.\r\nb\r\n"),
        (b"a..\r\nb.\r\n", b"a..\r\nb.\r\n"),
        (b"a\nb\r\n", b"a\r\nb\r\n"),
        (b"a\n..b\r\n", b"a\r\n..b\r\n"),
        (b"Subject: a\rFrom: eve@example.com\r\n", b"Subject: a From: eve@example.com\r\n"),
        (b"a\r\r\n\r\r\r\nb\r\n", b"a\r\n\r\nb\r\n"),
        (b"a\r", b"a "),
        (b"\n", b"\r\n"),
    ],
)
def test_dots_are_halved_and_lines_end_in_one_way(wire: bytes, sent: bytes) -> None:
    assert as_sent(bytearray(wire)) == sent


@pytest.mark.parametrize("evil", [b"\r", b"\n", b"\r\r\n", b"\n\r", b"\r\n.", b"."])
def test_whatever_comes_only_crlf_is_left_and_soon(evil: bytes) -> None:
    started = time.process_time()
    sent = as_sent(evil * (2_000_000 // len(evil)))
    assert sent.count(b"\r") == sent.count(b"\n") == sent.count(b"\r\n")
    assert time.process_time() - started < 1


def test_the_longest_line_may_stand_anywhere() -> None:
    line = b"x" * (LONGEST_LINE - 1) + b"\n"
    assert not has_endless_line(line * 3)
    assert not has_endless_line(b"short\n" + line + b"y" * LONGEST_LINE)
    assert has_endless_line(b"short\nx" + line)
    assert has_endless_line(b"x" * (LONGEST_LINE + 1))
