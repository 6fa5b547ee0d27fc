"""Phone numbers: they go with signatures; in a sentence they are the author's own words."""

import re

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher

from listserv.domain.language import Language
from listserv.mail.anonymise.letters import may_have_digits

NUMBER = re.compile(r"(?:\+|\(|\b0)\d[\d\s()./-]{5,20}\d|\d{3}[-. ]\d{3,4}[-. ]?\d{2,4}")
_LEAST_OF_SOMEBODY = 9
_LABEL = re.compile(r"[^\W\d_]{1,12}\.?:?|\([^()]{1,12}\):?")
_REGIONS = {Language.ENGLISH: ("US", "GB"), Language.SPANISH: ("ES", "MX")}
_MORE_REGIONS = ("DE", "FR", "IT", "AU", "IE", "NL")
# Helplines and the like: nobody is found by them.
_OF_NOBODY = frozenset(
    {
        phonenumbers.PhoneNumberType.TOLL_FREE,
        phonenumbers.PhoneNumberType.PREMIUM_RATE,
        phonenumbers.PhoneNumberType.SHARED_COST,
        phonenumbers.PhoneNumberType.UAN,
    }
)
_DIGIT = re.compile("[0-9]")
_LEAST_DIGITS = 7
# As many digits in a row as the shortest number has, but for the marks that may stand in one.
_RUN = re.compile(r"\d(?:[\W_xX]{0,4}\d){4}")
_LONGEST = 4000  # characters that are searched; whoever lists more numbers is told of some
_MOST_TRIES = 200


def has_number(text: str) -> bool:
    """Whether something like a phone number stands in the line of a signature."""
    return bool(NUMBER.search(text))


def is_number(text: str) -> bool:
    """Whether the line is a phone number with at most a word before it."""
    if len(text) > _LONGEST or not NUMBER.search(text):
        return False
    rest = NUMBER.sub("", text).strip(" \t:|.,;-")
    return rest != text.strip(" \t:|.,;-") and (not rest or bool(_LABEL.fullmatch(rest)))


def is_somebodys(text: str) -> bool:
    """Whether the line has so many digits as a number of one person does, and is no helpline."""
    return has_number(text) and _digits(text) >= _LEAST_OF_SOMEBODY and not is_helpline(text)


def _may_have_number(text: str) -> bool:
    """A cheap look: the numbers of most links stand apart, with words between."""
    return bool(_RUN.search(text)) and _digits(text) >= _LEAST_DIGITS


def _digits(text: str) -> int:
    return len(_DIGIT.findall(text)) if text.isascii() else sum(map(str.isdigit, text))


def is_helpline(text: str) -> bool:
    """Whether the number in the line is one that anybody may call, wherever that is."""
    return any(
        phonenumbers.number_type(match.number) in _OF_NOBODY
        for regions in _REGIONS.values()
        for region in (*regions, *_MORE_REGIONS)
        for match in PhoneNumberMatcher(text[:_LONGEST], region, Leniency.VALID, _MOST_TRIES)
    )


def count_numbers(texts: list[str], language: Language) -> int:
    """How many numbers in sentences would ring somebody's phone (no meeting ids, no accounts)."""
    whole = "\n".join(texts)
    if not may_have_digits(whole) or not _RUN.search(whole):
        return 0
    searched = "\n".join(text for text in texts if _may_have_number(text))[:_LONGEST]
    if not searched:
        return 0
    found = {
        phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        for region in _REGIONS[language]
        for match in PhoneNumberMatcher(searched, region, Leniency.VALID, _MOST_TRIES)
        if phonenumbers.number_type(match.number) not in _OF_NOBODY
    }
    return len(found)
