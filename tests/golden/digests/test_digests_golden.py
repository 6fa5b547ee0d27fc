"""Every byte of a digest in each format and language.

`python -m tests.golden.digests.test_digests_golden` writes the files anew; read
the difference before you keep it.
"""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from listserv.domain.language import Language
from listserv.domain.subscription import DigestFormat
from listserv.mail.compose_digest import compose_digest, sign_digest
from tests.golden.compose.posts import LEAVE, URL
from tests.golden.compose.test_compose_golden import ALLOWED
from tests.golden.digests.issues import CASES, MADE_AT, issue

HERE = Path(__file__).parent
each_case = pytest.mark.parametrize(("form", "language"), CASES)


def composed(form: DigestFormat, language: Language) -> bytes:
    return sign_digest(compose_digest(issue(form, language))).copy(MADE_AT, URL, LEAVE)


def read(form: DigestFormat, language: Language) -> EmailMessage:
    return message_from_bytes(composed(form, language), policy=default)


def file_of(form: DigestFormat, language: Language) -> Path:
    return HERE / f"{form}.{language}.eml"


@each_case
def test_every_byte(form: DigestFormat, language: Language) -> None:
    expected = file_of(form, language).read_bytes().replace(b"\n", b"\r\n")
    assert composed(form, language) == expected


@each_case
def test_it_is_sound_and_has_no_field_but_the_allowed_ones(
    form: DigestFormat, language: Language
) -> None:
    mail = read(form, language)
    names = [name.lower() for name in mail.keys()]  # noqa: SIM118  # iterating a mail is no mapping
    assert set(names) <= ALLOWED | {"auto-submitted"}
    assert len(names) == len(set(names))
    assert not any(part.defects for part in mail.walk())
    assert max(len(line) for line in composed(form, language).split(b"\r\n")) <= 998


@each_case
def test_nothing_personal_stands_in_a_body(form: DigestFormat, language: Language) -> None:
    for part in read(form, language).walk():
        if part.get_content_maintype() == "text":
            assert "/unsubscribe/" not in part.get_content()
            assert LEAVE not in part.get_content()


def test_the_mime_digest_holds_each_post_as_a_mail() -> None:
    _, digest, _ = read(DigestFormat.MIME, Language.ENGLISH).iter_parts()
    assert digest.get_content_type() == "multipart/digest"
    mails = [part.get_content() for part in digest.iter_parts()]
    assert [mail["Subject"] for mail in mails] == [
        "Thursday",
        "A hard week",
        "Re: Thursday",
        "Re: A hard week",
    ]
    assert all(mail["Reply-To"].startswith("group-thread+") for mail in mails)


def test_the_plain_digest_can_be_taken_apart_again() -> None:
    text = read(DigestFormat.PLAIN, Language.ENGLISH).get_content().replace("\r\n", "\n")
    preamble, rest = text.split("\n\n" + "-" * 70 + "\n\n")
    messages = rest.split("\n\n" + "-" * 30 + "\n\n")
    assert preamble.startswith("Evenings Digest, Vol 2, Issue 31\n")
    assert [m.partition("\n")[0] for m in messages[:-2]] == [f"Message: {n}" for n in range(1, 5)]
    assert messages[-1].startswith("End of Evenings Digest, Vol 2, Issue 31\n****")


def test_the_page_has_one_place_for_each_link_in_it() -> None:
    body = read(DigestFormat.READER, Language.ENGLISH).get_body(("html",))
    assert body
    html = body.get_content()
    for target in ("top", "contents", "t1", "t2"):
        assert html.count(f'id="{target}"') == 1
    assert "<table" not in html and "http-equiv" not in html and 'lang="en"' in html


if __name__ == "__main__":
    for case in CASES:
        file_of(*case).write_bytes(composed(*case).replace(b"\r\n", b"\n"))
