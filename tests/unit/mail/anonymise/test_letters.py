"""Letters in another case are the same letters, in whichever alphabet."""

import sys

import pytest

from listserv.mail.anonymise.letters import lowered
from tests.unit.mail.anonymise.cleaning import text


def test_lower_case_is_as_long_as_the_text_and_the_same_for_each_case_of_a_letter() -> None:
    letters = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isalpha()]
    assert [one for one in letters if len(lowered(one)) != 1] == []
    cased = [(one, one.upper()) for one in letters if len(one.upper()) == 1]
    assert [one for one, upper in cased if lowered(one) != lowered(upper)] == []


def test_a_sigma_is_the_same_wherever_it_stands() -> None:
    assert lowered("ΠΡΟΣ ΠΡΟΣ:A προς προσ") == "προσ προσ:a προσ προσ"


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Hi\n\nKınd regards, Ben", "Hi\n\nKınd regards, [name]"),
        ("Hi\n\nsaygilarimla, Ayşe", "Hi\n\nsaygilarimla, [name]"),
        ("Hi\n\nBest wıshes,\nBen Bar\n+49 30 5550123", "Hi\n\nBest wıshes,"),
        ("Hi\n\nſent from my iPhone", "Hi"),
        ("Hi\n\nMy mail\n\nGÖNDERİLDİ: iPhone’dan gönderıldı", "Hi\n\nMy mail"),
        ("Hi\n\nBen Bar ſchrieb:\n> Yes", "Hi\n\n[name] ſchrieb:\n\n> Yes"),
        ("Hi\n\nBen Bar schrıeb:\n> Yes", "Hi\n\n[name] schrıeb:\n\n> Yes"),
        ("Hi\n\nOn 2/11/2026, Ben B wrıteſ:\n\nYes", "Hi\n\n--- Earlier message ---\n\nYes"),
        (
            "Hi\n\nΠΡΟΣ:Anna Archer\nΠΡΟΣ:Ben Bar\nΠΡΟΣ:Carl 2026-11-02 10:00\n\nYes",
            "Hi\n\n--- Earlier message ---\n\nYes",
        ),
        (
            "Hi\n\nThis mail iſ confidentıal. Dıstrıbution is prohibited if received ın error.",
            "Hi",
        ),
        ("Ask ann@example poınt com, please.", "Ask [an email address], please."),
        ("Ask ann at example POİNT com, please.", "Ask [an email address], please."),
    ],
)
def test_words_of_programs_are_known_in_all_of_them(words: str, left: str) -> None:
    assert text(words) == left
