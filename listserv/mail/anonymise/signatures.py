"""Signatures: what stands under a text, and says who wrote it or with which program."""

import re

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.addresses import has_address
from listserv.mail.anonymise.languages import DISCLAIMER, SIGN_OFFS, TAGLINE_STARTS
from listserv.mail.anonymise.lines import Sheet
from listserv.mail.anonymise.names import Names

# "--" without its space is also drawn between paragraphs: only a short end counts then.
_MOST_UNDER_BARE = 12
_MOST_UNDER_SIGN_OFF = 14
_MOST_TAGLINES = 4
_MOST_KNOWN = 60
_MOST_SIGNATURES = 10
_LONGEST_TAGLINE = 160
_LONGEST_LINE = 90
_LONGEST = 4000
_PHONE = re.compile(r"(?:\+|\(|\b0)\d[\d\s()./-]{5,20}\d|\d{3}[-. ]\d{3,4}[-. ]?\d{2,4}")
_CONTACT = re.compile(
    r"(?<!\w)(?:tel|phone|mobile?|mob|cell|fax|telefon|handy|móvil|teléfono|tél|portable|cellulare"
    r"|telefono|telemóvel|mobiel|telefoon|www\.|https?:|skype|linkedin|twitter|instagram|facebook)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?<!\w)(?:gmbh|ltd|llc|inc|corp|s\.?a\.?r\.?l|b\.v|ag|manager|director|engineer|consultant"
    r"|professor|teacher|nurse|university|universität|department|abteilung|street|straße|strasse"
    r"|str\.|avenue|road|platz|calle|rue|via)(?!\w)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s{0,8}(?:[-*•·]|\d{1,2}[.)])\s")
_POSTSCRIPT = re.compile(r"\s{0,4}p\.?\s?p?\.?s\.?[\s:.)]", re.IGNORECASE)


def cut_signatures(sheet: Sheet, names: Names) -> None:
    """Cuts what stands at the end of each person's words, quoted ones too."""
    for segment in sheet.segments():
        _cut_taglines(sheet, segment)
        _cut_separated(sheet, segment)
        _cut_taglines(sheet, segment)
        _cut_block(sheet, segment, names)


def cut_known(sheet: Sheet, known: tuple[tuple[str, ...], ...]) -> None:
    """Cuts signatures that the HTML form of the same mail marks as such.

    known: each signature as its lines, white space folded.
    """
    for signature in (whole[:_MOST_KNOWN] for whole in known[-_MOST_SIGNATURES:]):
        numbers = [n for n, line in sheet.numbered() if not line.is_blank]
        texts = [_folded(sheet, number) for number in numbers]
        size = len(signature)
        for start in range(len(texts) - size, -1, -1):
            if texts[start] == signature[0] and tuple(texts[start : start + size]) == signature:
                sheet.cut(numbers[start], numbers[start + size - 1] + 1, RedactionKind.SIGNATURE)
                break


def _folded(sheet: Sheet, number: int) -> str:
    line = sheet.lines[number]
    return " ".join(line.text.split()) if line else ""


def _filled(sheet: Sheet, segment: list[int]) -> list[int]:
    """The lines of the segment that still say something."""
    found = []
    for number in segment:
        line = sheet.lines[number]
        if line and not line.is_blank:
            found.append(number)
    return found


def _cut_separated(sheet: Sheet, segment: list[int]) -> None:
    """RFC 3676 §4.3: from "-- " on; many programs lose the space."""
    filled = _filled(sheet, segment)
    for index, number in enumerate(filled):
        line = sheet.lines[number]
        if line is None or line.text.rstrip() not in ("--", "—"):
            continue
        if line.text == "-- " or len(filled) - index - 1 <= _MOST_UNDER_BARE:
            sheet.cut(number, segment[-1] + 1, RedactionKind.SIGNATURE)
            return


def _cut_taglines(sheet: Sheet, segment: list[int]) -> None:
    for number in reversed(_filled(sheet, segment)[-_MOST_TAGLINES:]):
        line = sheet.lines[number]
        if line and is_tagline(line.text):
            sheet.cut(number, number + 1, RedactionKind.CLIENT_TAGLINE)


def is_tagline(text: str) -> bool:
    """Whether the line is a program's advertisement for itself."""
    words = text.strip(" \t*_-–—[]()<>.").lower()
    return len(words) <= _LONGEST_TAGLINE and words.startswith(TAGLINE_STARTS)


def _cut_block(sheet: Sheet, segment: list[int], names: Names) -> None:
    """A block of name, phone, company and address, under a sign-off or with the own name."""
    filled = _filled(sheet, segment)
    start = _under_sign_off(sheet, filled)
    if start is None:
        start = _own_paragraph(sheet, segment, filled, names)
    if start is None or start >= len(filled):
        return
    block = _before_sentence(sheet, filled[start:])
    texts = [line.text for number in block if (line := sheet.lines[number])]
    if any(map(_tells, texts)) or (len(texts) > 1 and _names_author(texts[0], names)):
        sheet.cut(block[0], block[-1] + 1, RedactionKind.SIGNATURE)


def _names_author(text: str, names: Names) -> bool:
    """Their name alone, or their full name with a word or two of rank."""
    return names.is_only_name(text) or (len(text.split()) <= 5 and bool(names.find(text)))


def _under_sign_off(sheet: Sheet, filled: list[int]) -> int | None:
    """Where the lines below the last sign-off begin, when they all look like a signature."""
    first = max(0, len(filled) - _MOST_UNDER_SIGN_OFF)
    for index in range(len(filled) - 1, first - 1, -1):
        line = sheet.lines[filled[index]]
        if line is None or (len(line.text) > _LONGEST_LINE and not _labels(line.text)):
            return None
        if SIGN_OFFS.fullmatch(line.text):
            return index + 1
    return None


def _labels(text: str) -> bool:
    return len(text) <= _LONGEST and (has_address(text) or bool(DISCLAIMER.search(text)))


def _own_paragraph(sheet: Sheet, segment: list[int], filled: list[int], names: Names) -> int | None:
    """The last paragraph, when its first line is the author's name and nothing else."""
    start = len(filled) - 1
    while start > 0 and filled[start - 1] == filled[start] - 1:
        start -= 1
    if start < 0 or len(filled) - start < 2:
        return None
    line = sheet.lines[filled[start]]
    return start if line and names.is_only_name(line.text) else None


def _before_sentence(sheet: Sheet, block: list[int]) -> list[int]:
    """The lines that label somebody; from the first on that talks, the author goes on."""
    for index, number in enumerate(block):
        line = sheet.lines[number]
        if line and _talks(line.text):
            return block[:index]
    return block


def _talks(text: str) -> bool:
    """A postscript, a list item or a sentence, but for the small print of companies."""
    if DISCLAIMER.search(text):
        return False
    words = text.split()
    sentence = len(words) >= 4 and text.rstrip().endswith((".", "!", "?", "…", ":", ","))
    return bool(_POSTSCRIPT.match(text) or _ITEM.match(text) or sentence or len(words) > 14)


def _tells(text: str) -> bool:
    return bool(
        _PHONE.search(text) or _CONTACT.search(text) or _ROLE.search(text) or has_address(text)
    )
