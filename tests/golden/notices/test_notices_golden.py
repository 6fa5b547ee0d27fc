"""Every byte of our own mail, in both languages: a field or word that nobody meant fails here.

`python -m tests.golden.notices.test_notices_golden` writes the files anew; read
the difference before you keep it.
"""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from listserv.domain.language import Language
from listserv.mail.compose import compose_notice
from listserv.mail.notices import render
from tests.golden.notices.samples import RECIPIENT, TOKEN, cases, values_of

HERE = Path(__file__).parent
FIELDS = [
    "Subject",
    "From",
    "To",
    "Reply-To",
    "Message-ID",
    "Date",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
]

each_case = pytest.mark.parametrize(("notice", "language"), cases())


def composed(notice: str, language: Language) -> bytes:
    text = render(notice, language, **values_of(notice, language))
    return compose_notice(
        from_name="Evenings",
        from_address="evenings-request@example.org",
        recipient=RECIPIENT,
        subject=text.subject,
        text=text.body,
        date=datetime(2026, 11, 23, 18, 30, tzinfo=UTC),
        message_id=f"<{'m' * 26}@example.org>",
        reply_to=f"evenings-confirm+{TOKEN}@example.org",
    )


def file_of(notice: str, language: Language) -> Path:
    return HERE / f"{notice}.{language}.eml"


@each_case
def test_every_byte(notice: str, language: Language) -> None:
    # The files are kept with LF, so that they can be read and compared anywhere.
    expected = file_of(notice, language).read_bytes().replace(b"\n", b"\r\n")
    assert composed(notice, language) == expected


@each_case
def test_the_fields_and_no_others(notice: str, language: Language) -> None:
    mail = message_from_bytes(composed(notice, language), policy=default)
    assert [name for name, _ in mail.items()] == FIELDS
    assert not mail.defects


def test_every_file_belongs_to_a_notice() -> None:
    assert {file.name for file in HERE.glob("*.eml")} == {file_of(*case).name for case in cases()}


if __name__ == "__main__":
    for case in cases():
        file_of(*case).write_bytes(composed(*case).replace(b"\r\n", b"\n"))
