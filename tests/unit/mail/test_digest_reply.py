"""What an answer to a digest quotes, and what is left of it."""

from dataclasses import replace

import pytest

from listserv.domain.digest import DigestPost
from listserv.mail.digest_reply import answers_digest, quoted_posts, quoted_tokens, without_digest
from listserv.mail.inbound import InboundMessage, parse
from tests.golden.digests.issues import POSTS

A, B = "a" * 26, "b" * 26
TITLE = "Evenings Digest, Vol 2, Issue 31"
WHOLE = f"""\
> {TITLE}
>
> To write something new to the group, send a mail to group@example.org
>
> Message: 1
> Reply-To: group-thread+{A}@example.org
>
> The kettle is on at seven.
> ------------------------------
> Message: 2
> Reply-To: group-thread+{B}@example.org
"""


def answer(body: str, subject: str = f"Re: {TITLE}", kind: str = "text/plain") -> InboundMessage:
    message = parse(
        f"From: ann@example.net\r\nTo: group@example.org\r\nSubject: {subject}\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n".encode()
        + body.replace("\n", "\r\n").encode()
    )
    assert isinstance(message, InboundMessage)
    return message


def left_of(message: InboundMessage) -> str:
    return "".join(part.text or "" for part in without_digest(message).parts).replace("\r\n", "\n")


@pytest.mark.parametrize(
    "subject",
    [f"Re: {TITLE}", f"AW: {TITLE}", "RE: Resumen de Tardes, Vol 1, Número 7", f"re:Re: {TITLE}"],
)
def test_an_answer_to_a_whole_digest_is_known_by_its_subject(subject: str) -> None:
    assert answers_digest(answer("Yes.", subject))


@pytest.mark.parametrize("subject", ["Re: Thursday", "Digest, please", TITLE, "Re: my digestion"])
def test_other_subjects_are_not(subject: str) -> None:
    assert not answers_digest(answer("Yes.", subject))


def test_the_posts_in_a_quote_are_known_by_their_addresses() -> None:
    assert quoted_tokens(answer(f"Yes.\n\n{WHOLE}")) == {A, B}
    assert quoted_tokens(answer(f"> group-thread+{A.upper()}@example.org\nYes.")) == {A}


def quoted(body: str) -> list[DigestPost]:
    return list(quoted_posts(answer(body), POSTS))


def test_a_passage_is_known_by_its_words() -> None:
    assert quoted("> The kettle  is on at\n\nYes.") == [POSTS[0]]  # 3 quotes it
    assert quoted("> I slept badly again.\n\nMe too.") == [POSTS[1]]
    assert quoted("> slept badly\n\nToo short to tell.") == []
    assert quoted("Nothing quoted: I slept badly again.") == []


@pytest.mark.parametrize(
    "body",
    [
        f"Yes, I come.\n\n{WHOLE}",
        f"Yes, I come.\n\nOn Monday, 23 November 2026, Evenings wrote:\n\n{WHOLE}",
        f"{WHOLE}\nYes, I come.\n",
        "Yes, I come.\n\n-----Original Message-----\nFrom: Evenings\nSubject: x\n\n"
        + WHOLE.replace("> ", "").replace(">", ""),
    ],
    ids=["quoted", "announced", "below", "unmarked"],
)
def test_the_digest_is_cut_out(body: str) -> None:
    assert left_of(answer(body)).strip() == "Yes, I come."


def test_what_quotes_no_digest_stays() -> None:
    body = "> I slept badly again.\n\nMe too: it is hard.\n"
    assert left_of(answer(body)) == body


def test_the_digest_is_cut_out_of_html_alone() -> None:
    html = f'<p>Yes, I come.</p><div class="gmail_quote"><blockquote>{TITLE} …</blockquote></div>'
    assert left_of(answer(html, kind="text/html")) == "<p>Yes, I come.</p>"


def test_an_html_form_that_quotes_it_is_left_out_beside_a_text() -> None:
    body = (
        "--x\r\nContent-Type: text/plain\r\n\r\nYes.\r\n\r\n"
        f"> group-thread+{A}@example.org\r\n\r\n"
        "--x\r\nContent-Type: text/html\r\n\r\n<p>Yes.</p><blockquote>"
        f"group-thread+{A}@example.org</blockquote>\r\n--x--\r\n"
    )
    message = answer(body.replace("\r\n", "\n"), kind='multipart/alternative; boundary="x"')
    assert [part.content_type for part in without_digest(message).parts] == ["text/plain"]


def test_words_that_another_post_quotes_too_are_their_authors() -> None:
    first, *others = POSTS
    again = replace(others[0], text=f"> {first.text}\nI know.")
    line = next(line for line in first.text.split("\n") if len(line.split()) > 4)
    assert list(quoted_posts(answer(f"> {line}\n\nMe too."), [first, again])) == [first]


def test_a_mail_that_answers_no_digest_loses_no_words_of_its_own() -> None:
    words = f"Did you read {TITLE}?\nIt says to write to group-thread+{A}@example.org.\nI did.\n"
    for kind in ("text/plain", "text/html"):
        mail = answer(words, "Thursday", kind)
        assert without_digest(mail, answer=False) == mail


def test_a_digest_quoted_under_another_subject_is_cut_all_the_same() -> None:
    mail = without_digest(answer(f"Good night.\n\nThey wrote:\n{WHOLE}", "Bye"), answer=False)
    assert [part.text for part in mail.parts] == ["Good night.\n"]
