"""What remains of a subject."""

import pytest

from tests.unit.mail.anonymise.cleaning import anonymised


@pytest.mark.parametrize(
    ("subject", "left"),
    [
        ("Tea", "Tea"),
        ("Re: Tea", "Re: Tea"),
        ("RE: AW: Fwd: sv: Tea", "Re: Tea"),
        ("Re[2]: Re(3): Tea", "Re: Tea"),
        ("Antw: RV: Tea", "Re: Tea"),
        ("回复：Tea", "Re: Tea"),
        ("Fwd: Tea", "Tea"),
        ("WG: Tea", "Tea"),
        ("[Evening] Re: [group] Tea", "Re: Tea"),
        ("[urgent] Tea", "[urgent] Tea"),
        ("Re: [Ticket 7] AW: WG: Tea", "Re: [Ticket 7] Tea"),
        ("[Ticket 7] Fwd: Tea", "[Ticket 7] Tea"),
        ("Recipe: Tea", "Recipe: Tea"),
        ("Reward: Tea", "Reward: Tea"),
        ("Tea with Zelda Quarkwright", "Tea with [name]"),
        ("Tea with zelda.q77@example.net", "Tea with [an email address]"),
        ("a\u202eb\u0007 c", "ab c"),
        ("Re:", "Re:"),
        ("", ""),
    ],
)
def test_a_subject_is_one_clean_line(subject: str, left: str) -> None:
    assert anonymised(b"Hi", f"Subject: {subject}").message.subject == left


@pytest.mark.parametrize("subject", ["I: what I learnt", "R: a letter to me", "Na: sodium"])
def test_a_word_that_is_a_prefix_elsewhere_stays_in_a_mail_that_answers_nothing(
    subject: str,
) -> None:
    words = subject.partition(": ")[2]
    for field in ("In-Reply-To: <a@example.com>", f"Thread-Index: {'A' * 37}"):
        answer = anonymised(b"Hi", f"Subject: {subject}", field)
        assert answer.message.subject.removeprefix("Re: ") == words
    assert anonymised(b"Hi", f"Subject: {subject}").message.subject == subject
    chain = anonymised(b"Hi", f"Subject: R: Re: {subject}").message.subject
    assert chain == f"Re: {words}"


def test_a_subject_that_is_only_a_name_goes() -> None:
    assert anonymised(b"Hi", "Subject: Zelda Quarkwright").message.subject == ""


def test_a_long_subject_is_cut_at_a_word() -> None:
    subject = anonymised(b"Hi", "Subject: " + "word " * 200).message.subject
    assert len(subject) <= 302
    assert subject.endswith("word …")
