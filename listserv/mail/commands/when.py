"""Until when a pause lasts, as people write it."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta

import dateparser

from listserv.mail import problems
from listserv.mail.commands.spelling import plain_words, word_set

_LONGEST = (12, 0)
_LONGEST_TEXT = 60
_NUMBERS: Mapping[str, int] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fourteen": 14,
    "un": 1, "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6,
    "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "catorce": 14,
}  # fmt: skip
# Each as months and days.
_UNITS: Mapping[str, tuple[int, int]] = {
    "d": (0, 1), "day": (0, 1), "dia": (0, 1),
    "w": (0, 7), "week": (0, 7), "semana": (0, 7),
    "fortnight": (0, 14), "quincena": (0, 14),
    "month": (1, 0), "mes": (1, 0),
    "year": (12, 0), "ano": (12, 0),
}  # fmt: skip
# What dateparser does not know, or reads otherwise.
_SAID: Mapping[str, tuple[int, int]] = {
    "next week": (0, 7),
    "proxima semana": (0, 7),
    "semana que viene": (0, 7),
    "semana proxima": (0, 7),
    "next month": (1, 0),
    "proximo mes": (1, 0),
    "mes que viene": (1, 0),
    "next year": (12, 0),
    "pasado manana": (0, 2),
}
_LEADING = word_set(
    "until till til to up for in on the by about hasta el la los las por durante dentro"
    " proximo este this de of my me mis mi mail mails email emails posts correo correos mensajes"
)
_FROM = word_set("from starting desde")
_AMOUNT = re.compile(r"(\d{1,5}|[a-z]+) ?(d|days?|dias?|w|weeks?|semanas?|fortnights?|quincenas?"
                     r"|months?|mes|meses|years?|anos?)")  # fmt: skip


class NotADay(Exception):
    """Carries what to say about it."""


def day_in(words: list[str], today: date) -> date:
    """The first day with mail again. Raises NotADay with the problem in words."""
    if words and _plain(words[0]) in _FROM:
        raise NotADay(problems.BAD_START)
    while words and _plain(words[0]) in _LEADING:
        words = words[1:]
    text = " ".join(words)[:_LONGEST_TEXT].strip(" .,;:!")
    found = _amount(text, today) or _calendar(text, today)
    if found is None:
        raise NotADay(problems.NO_DAY)
    if found <= today:
        raise NotADay(problems.PAST)
    if found > _later(today, *_LONGEST):
        raise NotADay(problems.TOO_LONG)
    return found


def _plain(word: str) -> str:
    return "".join(plain_words(word))


def _amount(text: str, today: date) -> date | None:
    """A stretch of time, such as "14 days" or "dos semanas"."""
    plain = " ".join(plain_words(text)).removeprefix("next ").removesuffix(" more")
    named = _SAID.get(" ".join(plain_words(text)))
    if named:
        return _later(today, *named)
    match = _AMOUNT.fullmatch(plain)
    number = _number(match.group(1)) if match else None
    if match is None or number is None:
        return None
    try:
        months, days = _unit(match.group(2))
        return _later(today, months * number, days * number)
    except (OverflowError, ValueError):
        raise NotADay(problems.TOO_LONG) from None


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() else _NUMBERS.get(word)


def _unit(word: str) -> tuple[int, int]:
    return _UNITS["mes" if word == "meses" else word if word in _UNITS else word.removesuffix("s")]


def _calendar(text: str, today: date) -> date | None:
    """A day of the calendar, day first where the order is open; a bare number is no day."""
    if not any(letter.isalpha() or letter in "./-" for letter in text):
        return None
    found: datetime | None = dateparser.parse(
        text,
        languages=["en", "es"],
        settings={
            "PREFER_DATES_FROM": "future",
            "PREFER_DAY_OF_MONTH": "first",
            "RELATIVE_BASE": datetime.combine(today, datetime.min.time()),
            "DATE_ORDER": "DMY",
            "TIMEZONE": "UTC",
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
    return found.date() if found else None


def _later(day: date, months: int, days: int) -> date:
    """The same day of a later month, or the last one it has, and some days on."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last)) + timedelta(days=days)
