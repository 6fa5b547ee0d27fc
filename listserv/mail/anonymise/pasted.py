"""Names of people above a text that the author pasted: "Ann Archer wrote:", lines of a chat."""

import re

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.accounts import handle_words
from listserv.mail.anonymise.attributions import NAMED
from listserv.mail.anonymise.languages import WROTE
from listserv.mail.anonymise.letters import flat, lowered
from listserv.mail.anonymise.lines import Sheet
from listserv.mail.anonymise.name_search import NAME_LEFT_OUT
from listserv.mail.anonymise.names import Names
from listserv.mail.anonymise.signers import looks_like_name

_LONGEST = 400
_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}"
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?"
# "[02.11.26, 10:01:33] Ann Archer: Hello", as chats are copied and exported.
_SAID = re.compile(
    rf"(?:\[(?:{_DAY},?\s{_TIME}|{_TIME},?\s{_DAY})\]|{_DAY},?\s{_TIME}\s[-–])\s(?=[^\W\d_])"
    r"(?P<name>[^:\n]{1,40}):\s"
)
# "Ann Archer  [10:01 AM]", "Ann Archer — Today at 10:01", each above what was said.
_STAMPED = re.compile(
    rf"(?P<name>[^\W\d_][^\[\]\d:]{{1,40}}?),?\s{{1,3}}(?:\[(?:{_DAY},?\s)?{_TIME}\]"
    rf"|[—–-]\s(?:[Tt]oday|[Yy]esterday|{_DAY})(?:\sat|,)?\s{_TIME}):?\s{{0,3}}"
)


def hide_names_above(sheet: Sheet, names: Names) -> None:
    """Puts a neutral word for each; whose handle stands there may be seen."""
    numbers = [number for number, _ in sheet.numbered()]
    for index, number in enumerate(numbers):
        line = sheet.lines[number]
        if not line or len(line.text) > _LONGEST or ":" not in line.text:
            continue
        span = _writer(sheet, numbers, index, line.text) or _speaker(line.text)
        if span and not _is_known(line.text[slice(*span)], names):
            start, end = span
            sheet.replace(number, line.text[:start] + NAME_LEFT_OUT + line.text[end:])
            sheet.ledger.add(RedactionKind.OTHER_NAME)


def _writer(sheet: Sheet, numbers: list[int], index: int, text: str) -> tuple[int, int] | None:
    """The name in "Ann Archer wrote:"; one word is a name right above a quote."""
    named = NAMED.fullmatch(text)
    if (
        not named
        or not WROTE.fullmatch(lowered(named.group(2)))
        or not looks_like_name(named.group(1))
    ):
        return None
    if " " not in named.group(1):
        line, below = (sheet.lines[n] if n is not None else None for n in _two(numbers, index))
        if not line or not below or below.depth <= line.depth:
            return None
    return named.span(1)


def _two(numbers: list[int], index: int) -> tuple[int, int | None]:
    return numbers[index], numbers[index + 1] if index + 1 < len(numbers) else None


def _speaker(text: str) -> tuple[int, int] | None:
    said = _SAID.match(text) if text[:1] == "[" or text[:1].isdigit() else None
    if said:
        return said.span("name")
    stamped = _STAMPED.fullmatch(text) if text[-1:] in "]:" or text[-1:].isdigit() else None
    if stamped and looks_like_name(stamped.group("name")):
        return stamped.span("name")
    return None


def _is_known(name: str, names: Names) -> bool:
    """The author's own goes as such, and a handle of the list stays."""
    words = flat(name).split()
    return names.is_only_name(name) or names.is_handle(name) or handle_words().issuperset(words)
