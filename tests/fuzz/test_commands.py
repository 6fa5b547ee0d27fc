"""Commands from strangers: any bytes at all, and nothing but a value comes back, in linear time."""

import time
from datetime import date

from hypothesis import example, given
from hypothesis import strategies as st

from listserv.domain.request import ForgetMe, Pause, SetHour
from listserv.mail.commands import request_in, said_in
from listserv.mail.commands.read import read
from listserv.mail.inbound import InboundMessage, parse

TODAY = date(2026, 11, 23)
_TEXT = """pause pausa set until hasta hour hora zone name confirm forget me and my posts language
14 days 99999 years días 31 02 2026-02-30 24:00 ² ①ª \u0130 don't @ join, Europe/ :) .."""
_WORDS = st.sampled_from(_TEXT.split())
_LINES = st.one_of(st.text(max_size=300), st.lists(_WORDS, max_size=12).map(" ".join))
_HEAD = b"From: ann@example.org\r\nContent-Type: text/plain; charset=utf-8\r\n"


@given(_LINES)
@example("pause " + "9" * 400)
@example("pause 1 jan 0001")
@example("hasta 31 de febrero de 9999")
def test_any_line_is_read_or_left(line: str) -> None:
    found = read(line, TODAY)
    match found.request if found else None:
        case Pause(until):
            assert until is None or TODAY < until <= date(2027, 11, 23)
        case SetHour(hour):
            assert 0 <= hour <= 23
        case ForgetMe():
            plain = line.lower()
            assert "forget me" in " ".join(plain.split()) or "olv" in plain


@given(st.binary(max_size=400), st.binary(max_size=400))
def test_any_mail_is_read_or_left(subject: bytes, body: bytes) -> None:
    message = parse(_HEAD + b"Subject: " + subject + b"\r\n\r\n" + body)
    if isinstance(message, InboundMessage):
        request_in(message, TODAY)
        said_in(message)


def test_time_grows_with_the_length_only() -> None:
    """A generous guard: each of these takes a few milliseconds."""
    hostile = (
        "pause " + "1 " * 200_000,
        "re:" * 200_000,
        "> " * 200_000 + "join",
        "please " * 200_000,
        "\n".join(["On Mon Ann wrote:"] * 50_000),
        "pause until " + "monday " * 100_000,
        "uns" * 300_000,
        "-" * 500_000,
    )
    begun = time.monotonic()
    for text in hostile:
        for head in (b"Subject: " + text.replace("\n", " ").encode()[:60_000], b"Subject: x"):
            message = parse(_HEAD + head + b"\r\n\r\n" + text.encode() + b"\r\n")
            if isinstance(message, InboundMessage):
                request_in(message, TODAY)
                said_in(message)
    assert time.monotonic() - begun < 20
