"""Copies of our own footer that a quote brings back, with the reader's own links."""

import re

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.letters import has_any
from listserv.mail.anonymise.lines import Sheet
from listserv.mail.anonymise.policy import CleaningPolicy

_MOST_LINES = 8
# How the line begins that says to an author what became of their post. In a quote it would tell
# whose post that was.
_TO_AUTHOR = (
    "taken out before sending:", "quitado antes de enviar:",
    "nothing was taken out of your message.", "no se quitó nada de tu mensaje.",
    "a phone number stays in your words", "un teléfono queda en tu texto",
)  # fmt: skip
_NUMBERS = ("phone numbers stay in your", "teléfonos quedan en tu")
_NUMBERS_STAY = re.compile(rf"\d{{1,3}} (?:{'|'.join(_NUMBERS)})")
_ACTS = ("-leave@", "-leave+", "-unsubscribe@", "-unsubscribe+", "/unsubscribe/", "-bounces+")


def cut_footers(sheet: Sheet, policy: CleaningPolicy) -> None:
    """Cuts the lines around a way to leave the list, back to the rule above them.

    Where no rule is near, only a quoted line goes: else it is the author's own words.
    """
    if not sheet.may_have(*_ACTS, *_TO_AUTHOR, *_NUMBERS):
        return
    for number in range(len(sheet.lines) - 1, -1, -1):
        line = sheet.lines[number]
        text = line.text.lower() if line else ""
        begins = text.lstrip()
        if line and (begins.startswith(_TO_AUTHOR) or _NUMBERS_STAY.match(begins)):
            sheet.cut(number, _end(sheet, number, line.depth), RedactionKind.LIST_FOOTER)
        elif line and has_any(text, _ACTS):
            start = _start(sheet, number, line.depth)
            if start < number:
                sheet.cut(start, _end(sheet, number, line.depth), RedactionKind.LIST_FOOTER)
            elif line.depth:
                sheet.cut(number, number + 1, RedactionKind.LIST_FOOTER)


def _start(sheet: Sheet, number: int, depth: int) -> int:
    """The rule above ("-- ", "____") if it is near, else the line itself."""
    for above in range(number - 1, max(-1, number - _MOST_LINES), -1):
        line = sheet.lines[above]
        if line is None or line.depth != depth:
            break
        text = line.text.strip()
        if len(text) > 1 and not text.strip("-_=*"):
            return above
    return number


def _end(sheet: Sheet, number: int, depth: int) -> int:
    """Behind the paragraph."""
    below = number + 1
    while below < min(len(sheet.lines), number + _MOST_LINES):
        line = sheet.lines[below]
        if line is None or line.depth != depth or line.is_blank:
            break
        below += 1
    return below
