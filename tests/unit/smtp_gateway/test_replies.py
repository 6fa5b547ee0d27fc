import re

import pytest

from listserv.domain.decision import Accept, Discard, Hold, Reason, Reject
from smtp_gateway import replies

REASON = Reason("stranger", "Members only.\nJoin first.")
CONSTANTS = sorted(
    (name, text)
    for name, text in vars(replies).items()
    if name.isupper() and not name.startswith("_") and isinstance(text, str)
)


@pytest.mark.parametrize(("name", "text"), CONSTANTS)
def test_every_reply_is_one_short_line_with_matching_codes(name: str, text: str) -> None:
    assert re.fullmatch(r"([245])\d\d \1\.\d\.\d [ -~]{1,90}", text) or name == "GO_ON"


def test_nobody_learns_from_the_reply_what_became_of_a_post() -> None:
    said = {replies.reply_for(d) for d in (Accept(), Hold(REASON), Discard(REASON))}
    assert said == {"250 2.0.0 Taken"}


def test_a_refusal_gives_its_reason_on_one_line() -> None:
    assert replies.reply_for(Reject(REASON)) == "550 5.7.1 Members only. Join first."


@pytest.mark.parametrize("code", ["unreadable", "unclean"])
def test_what_cannot_be_read_has_a_code_of_its_own(code: str) -> None:
    assert replies.reply_for(Reject(Reason(code, "Two senders."))) == "554 5.6.0 Two senders."


def test_a_reply_is_plain_ascii_and_short_enough() -> None:
    reply = replies.reply_for(Reject(Reason("refused", "Ann’s “é”\x07\r\n250 " + "x" * 1000)))
    assert reply.startswith('550 5.7.1 Ann\'s "?"? 250 x') and len(reply) == 510


def test_the_extensions_are_those_that_we_keep() -> None:
    lines = replies.extensions("mx.example.org", 1000, tls_offered=True)
    assert [line[:4] for line in lines] == ["250-"] * 6 + ["250 "]
    assert {line[4:] for line in lines} == {
        "mx.example.org",
        "SIZE 1000",
        "8BITMIME",
        "SMTPUTF8",
        "PIPELINING",
        "STARTTLS",
        "ENHANCEDSTATUSCODES",
    }
