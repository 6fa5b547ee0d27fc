"""Days in words, as people write them in a sentence."""

from datetime import date

from babel.dates import format_date

from listserv.domain.language import Language

_FORMS = {
    Language.ENGLISH: "EEEE, d MMMM y",
    Language.SPANISH: "EEEE, d 'de' MMMM 'de' y",
}


def day_in_words(day: date, language: Language) -> str:
    """ "Thursday, 24 December 2026"."""
    return format_date(day, _FORMS[language], locale=language.value)
