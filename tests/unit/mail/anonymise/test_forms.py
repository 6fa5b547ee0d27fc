"""The text form and the HTML form of a body."""

import pytest

from listserv.domain.doubt import Doubt
from listserv.mail.anonymise.forms import Forms, compare, is_stub
from tests.unit.mail.anonymise.cleaning import anonymised

_LONG = "one two three four five six seven eight nine ten eleven twelve"


@pytest.mark.parametrize(
    ("text", "html", "forms"),
    [
        ("Hello *all*", "Hello all", Forms.SAME),
        (_LONG, f"{_LONG} and more", Forms.SAME),
        (_LONG, f"{_LONG} id4711x", Forms.DIFFERENT),
        (_LONG, f"{_LONG} thirteen fourteen fifteen sixteen", Forms.DIFFERENT),
        (_LONG, " ".join(f"other{letter}" for letter in "abcdefghijkl"), Forms.STRANGERS),
        ("short", "long words that are not the same at all", Forms.DIFFERENT),
    ],
)
def test_forms_are_compared_by_their_words(text: str, html: str, forms: Forms) -> None:
    assert compare(text, html) is forms


def test_a_text_that_points_to_the_html_is_no_text() -> None:
    assert is_stub("Your program does not support HTML messages.", _LONG)
    assert not is_stub("I cannot read HTML mail, can you?" + _LONG * 10, _LONG)
    assert not is_stub("Tea.", _LONG)


def test_forms_that_are_strangers_are_doubtful_and_the_text_counts() -> None:
    html = " ".join(f"other{letter}" for letter in "abcdefghijkl")
    mail = (
        f"--b\r\nContent-Type: text/plain\r\n\r\n{_LONG}\r\n"
        f"--b\r\nContent-Type: text/html\r\n\r\n<p>{html}</p>\r\n--b--"
    )
    result = anonymised(mail.encode(), "Content-Type: multipart/alternative; boundary=b")
    assert result.doubts == (Doubt.TWO_TEXTS,)
    assert result.message.text == _LONG and not result.message.html
