import time

import pytest

from smtp_gateway import replies
from smtp_gateway.arguments import Malformed, read_recipient, read_sender

SIZE = 1000


@pytest.mark.parametrize(
    ("argument", "address"),
    [
        ('TO:<"group"@example.org>', "group@example.org"),
        ('TO:<"group-join"@example.org>', "group-join@example.org"),
        ('TO:<"a group"@example.org>', '"a group"@example.org'),
        ('TO:<"a@b"@example.org>', '"a@b"@example.org'),
    ],
)
def test_quotes_that_nothing_needs_are_left_out(argument: str, address: str) -> None:
    assert read_recipient(argument) == address


@pytest.mark.parametrize(
    ("argument", "address"),
    [
        ("FROM:<ann@example.net>", "ann@example.net"),
        ("from:<ann@example.net>", "ann@example.net"),
        ("FROM: <ann@example.net>", "ann@example.net"),
        ("FROM:ann@example.net", "ann@example.net"),
        ("FROM:<>", ""),
        ("FROM:<> SIZE=10", ""),
        ("FROM:<@a.example,@b.example:ann@example.net>", "ann@example.net"),
        ('FROM:<"ann b"@example.net>', '"ann b"@example.net'),
        ("FROM:<ann@example.net> SIZE=1000 BODY=8BITMIME", "ann@example.net"),
        ("FROM:<ann@example.net> body=7bit  smtputf8", "ann@example.net"),
        ("FROM:<josé@example.net> SMTPUTF8", "josé@example.net"),
    ],
)
def test_a_sender_is_read(argument: str, address: str) -> None:
    assert read_sender(argument, SIZE) == address


@pytest.mark.parametrize(
    ("argument", "reply"),
    [
        ("", replies.SYNTAX),
        ("TO:<ann@example.net>", replies.SYNTAX),
        ("FROM:", replies.BAD_SENDER),
        ("FROM:<ann@example.net", replies.BAD_SENDER),
        ("FROM:<>x>", replies.BAD_SENDER),
        ('FROM:<"ann@example.net>', replies.BAD_SENDER),
        ("FROM:<ann@example.net>SIZE=1", replies.BAD_SENDER),
        (f"FROM:<{'a' * 321}>", replies.BAD_SENDER),
        ("FROM:<a@b> SIZE", replies.BAD_PARAMETER),
        ("FROM:<a@b> SIZE=", replies.BAD_PARAMETER),
        ("FROM:<a@b> SIZE=-1", replies.BAD_PARAMETER),
        ("FROM:<a@b> SIZE=" + "9" * 5000, replies.BAD_PARAMETER),
        ("FROM:<a@b> SIZE=1 SIZE=2", replies.BAD_PARAMETER),
        ("FROM:<a@b> SIZE=²", replies.BAD_PARAMETER),
        ("FROM:<a@b> BODY=BINARYMIME", replies.BAD_PARAMETER),
        ("FROM:<a@b> SMTPUTF8=yes", replies.BAD_PARAMETER),
        ("FROM:<a@b> AUTH=<>", replies.UNKNOWN_PARAMETER),
        ("FROM:<a@b> X=Y", replies.UNKNOWN_PARAMETER),
        ("FROM:<a@b> SIZE=1001", replies.TOO_LARGE),
        ("FROM:<josé@example.net>", replies.UTF8_NOT_ASKED),
    ],
)
def test_a_sender_is_refused_with_its_reason(argument: str, reply: str) -> None:
    assert read_sender(argument, SIZE) == Malformed(reply)


def test_a_recipient_is_read() -> None:
    assert read_recipient("TO:<group@example.org>") == "group@example.org"
    assert read_recipient("to: group@example.org") == "group@example.org"
    assert read_recipient("TO:<postmaster>") == "postmaster"


@pytest.mark.parametrize(
    ("argument", "reply"),
    [
        ("", replies.SYNTAX),
        ("TO:<>", replies.BAD_RECIPIENT),
        ("TO:", replies.BAD_RECIPIENT),
        ("TO:<a", replies.BAD_RECIPIENT),
        ("TO:<a b@example.org>", replies.BAD_RECIPIENT),
        ("TO:<group@example.org> NOTIFY=NEVER", replies.UNKNOWN_PARAMETER),
    ],
)
def test_a_recipient_is_refused_with_its_reason(argument: str, reply: str) -> None:
    assert read_recipient(argument) == Malformed(reply)


@pytest.mark.parametrize("evil", ['"' * 2000, '"\\' * 1000, "@a," * 600, "<" * 2000, " " * 2000])
def test_hostile_arguments_take_no_time(evil: str) -> None:
    started = time.process_time()
    read_sender(f"FROM:<{evil}", SIZE)
    read_sender(f"FROM:<a@b> {evil}", SIZE)
    assert time.process_time() - started < 0.2
