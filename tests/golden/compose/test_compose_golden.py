"""Every byte of a copy, case by case: a field that nobody asked for fails here.

`python -m tests.golden.compose.test_compose_golden` writes the files anew; read
the difference before you keep it.
"""

from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from listserv.mail.compose import compose_post
from tests.golden.compose.posts import CASES, DATE, LEAVE, URL

HERE = Path(__file__).parent
ALLOWED = {
    "subject",
    "from",
    "to",
    "reply-to",
    "message-id",
    "in-reply-to",
    "references",
    "date",
    "list-id",
    "list-post",
    "list-help",
    "list-subscribe",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "precedence",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
}


def composed(case: str) -> bytes:
    post, mailing_list, author_line = CASES[case]
    return compose_post(post, mailing_list, DATE).copy(URL, LEAVE, author_line)


@pytest.mark.parametrize("case", CASES)
def test_every_byte(case: str) -> None:
    # The files are kept with LF, so that they can be read and compared anywhere.
    expected = (HERE / f"{case}.eml").read_bytes().replace(b"\n", b"\r\n")
    assert composed(case) == expected


@pytest.mark.parametrize("case", CASES)
def test_no_field_but_the_allowed_ones(case: str) -> None:
    mail = message_from_bytes(composed(case), policy=default)
    names = [name.lower() for name in mail.keys()]  # noqa: SIM118  # iterating a mail is no mapping
    assert set(names) <= ALLOWED
    assert len(names) == len(set(names))
    assert not mail.defects


@pytest.mark.parametrize("case", CASES)
def test_nothing_personal_stands_in_a_body(case: str) -> None:
    mail = message_from_bytes(composed(case), policy=default)
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            assert "aaaaaaaaaaaaaaaaaaaaaaaaaa" not in part.get_content()


if __name__ == "__main__":
    for name in CASES:
        (HERE / f"{name}.eml").write_bytes(composed(name).replace(b"\r\n", b"\n"))
