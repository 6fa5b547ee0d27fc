"""What is longer than anything that a person writes is refused, with a reason."""

import pytest

from listserv.domain.anonymous_message import Anonymised, Unclean
from tests.unit.mail.anonymise.cleaning import mixed, result_of

_PLAIN = "Content-Type: text/plain; charset=utf-8"
_HTML = "Content-Type: text/html; charset=utf-8"
_TURN = "> And you?\nI am well.\n"
_EARLIER = "--- Earlier message ---\nI am well.\n"
_FORWARDED = "-----Original Message-----\nFrom: Ben\n\nI am well.\n"


@pytest.mark.parametrize("piece", [_TURN, _EARLIER, _FORWARDED])
def test_a_conversation_of_many_turns_passes_and_an_endless_one_does_not(piece: str) -> None:
    assert isinstance(result_of((piece * 2_000).encode(), _PLAIN), Anonymised)
    endless = result_of((piece * 3_000).encode(), _PLAIN)
    assert isinstance(endless, Unclean)
    assert "too long" in endless.reason


def test_empty_lines_inside_a_quote_are_no_turns() -> None:
    assert isinstance(result_of(b"> And you?\n\n" * 6_000, _PLAIN), Anonymised)


def test_endless_turns_in_html_are_refused() -> None:
    piece = b"<blockquote>And you?</blockquote>I am well."
    assert isinstance(result_of(piece * 2_000, _HTML), Anonymised)
    assert isinstance(result_of(piece * 3_000, _HTML), Unclean)


def test_a_file_of_endless_turns_is_left_out() -> None:
    head = b"Content-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\n"
    result = mixed(b"Content-Type: text/plain\r\n\r\nHello.", head + _TURN.encode() * 3_000)
    assert not result.message.attachments
    assert "[A text file was left out]" in result.message.text


def test_a_text_of_very_many_lines_is_refused() -> None:
    assert isinstance(result_of(b"I am well.\n" * 19_000, _PLAIN), Anonymised)
    assert isinstance(result_of(b"I am well.\n" * 21_000, _PLAIN), Unclean)


def test_html_of_very_many_lines_is_refused() -> None:
    assert isinstance(result_of(b"<p>I am well." * 19_000, _HTML), Anonymised)
    endless = result_of(b"<p>I am well." * 21_000, _HTML)
    assert isinstance(endless, Unclean)
    assert "Please send plain text." in endless.reason


def test_pages_of_very_many_lines_together_are_refused() -> None:
    page = f"--b\r\n{_HTML}\r\n\r\n{'<p>I am well.' * 7_000}\r\n".encode()
    several = "Content-Type: multipart/mixed; boundary=b"
    assert isinstance(result_of(page * 2 + b"--b--", several), Anonymised)
    endless = result_of(page * 3 + b"--b--", several)
    assert isinstance(endless, Unclean)
    assert "Please send plain text." in endless.reason


def test_html_of_many_letters_that_each_look_different_is_read() -> None:
    assert isinstance(result_of(b"<b>I</b> " * 25_000, _HTML), Anonymised)
