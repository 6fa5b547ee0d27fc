"""What mail programs write above a quote: who wrote it, when and to whom."""

import re

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.addresses import has_address
from listserv.mail.anonymise.attributions import (
    CITED,
    DATED,
    LONGEST,
    cut_attributions,
    cut_cited,
    from_list,
    left_of,
    remember,
)
from listserv.mail.anonymise.languages import (
    BARE_FIELDS,
    DIVIDER,
    FIELDS,
    FORWARDED,
)
from listserv.mail.anonymise.letters import has_any, lowered
from listserv.mail.anonymise.lines import Line, Sheet
from listserv.mail.anonymise.policy import CleaningPolicy
from listserv.mail.anonymise.signers import looks_like_name

_LEAST_FIELDS = 3
_MOST_FIELDS = 60
# What stands in every line that a block may begin with.
_MAY_BE_FIELD = (":", "：", "|", "--", "__", "==", "-_")
_RULE = re.compile(r"\s{0,4}[_-]{10,}\s{0,4}")
# A field of any name, as servers write them, and as any language calls them.
_SERVER_FIELD = re.compile(
    r"(?:[A-Z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+|Received|Organi[sz]ation|Sender|Precedence|Keywords"
    r"|Comments|Newsgroups|Autocrypt|OpenPGP)\s?:"
)
_ANY_FIELD = re.compile(r"[\s*_|]{0,6}[^\W\d_][^\d:：<>@\n]{0,24}[*_]{0,3}\s?[:：]")


def cut_quote_headers(sheet: Sheet, policy: CleaningPolicy) -> None:
    """Cuts attributions and header blocks; the names in them are remembered in the sheet.

    Where the quote below carries no marks, a neutral line says that it begins.
    """
    if sheet.may_have(CITED):
        cut_cited(sheet)
    if sheet.may_have(*_MAY_BE_FIELD):
        _cut_blocks(sheet, policy)
    cut_attributions(sheet, policy)


def _cut_blocks(sheet: Sheet, policy: CleaningPolicy) -> None:
    number, found = 0, False
    while number < len(sheet.lines):
        line = sheet.lines[number]
        if not line or not _may_begin(line.text):
            number += 1
            continue
        end, is_header = _block_end(sheet, number)
        if not is_header:
            number = end
            continue
        remember(sheet, number, end, policy)
        parent = "" if found else _parent(sheet, number, end, policy)
        sheet.cut(number, end, RedactionKind.FORWARDED_HEADER, left_of(sheet, number, end))
        if parent:
            sheet.put(number + 1, Line(0, parent))
        found = True
        number = end


def _parent(sheet: Sheet, start: int, end: int, policy: CleaningPolicy) -> str:
    """ "Quiet Otter wrote:" where the first block of all is of the post that is answered."""
    block = [line for line in sheet.lines[start:end] if line]
    writer = next((line.text for line in block if from_list(line.text, policy)), "")
    is_parent = len(block) > 1 and not block[0].depth and policy.parent_handle in writer
    return policy.parent_wrote if is_parent else ""


def _may_begin(text: str) -> bool:
    if len(text) > LONGEST or not has_any(text, _MAY_BE_FIELD):
        return False
    return bool(
        FIELDS.match(lowered(text))
        or DIVIDER.fullmatch(text)
        or FORWARDED.fullmatch(text)
        or _RULE.fullmatch(text)
        or (_ANY_FIELD.match(text) and has_address(text))
    )


def _block_end(sheet: Sheet, start: int) -> tuple[int, bool]:
    """Behind the lines that look like fields from start on, and whether they are a header.

    A divider above them belongs to it, and is one by itself.
    """
    first = sheet.lines[start]
    text = first.text if first else ""
    divided = bool(DIVIDER.fullmatch(text) or FORWARDED.fullmatch(text))
    ruled = bool(_RULE.fullmatch(text))
    begin = _skip_blank(sheet, start + 1) if divided or ruled else start
    end, fields = _fields(sheet, begin, divided)
    texts = [line.text for line in sheet.lines[begin:end] if line]
    if (divided and fields) or (fields >= _LEAST_FIELDS and _tells_of_mail(texts, ruled)):
        return end, True
    if end - begin >= _LEAST_FIELDS and _is_of_some_language(texts):
        return end, True
    return (start + 1, True) if divided else (max(end, start + 1), False)


def _fields(sheet: Sheet, begin: int, divided: bool) -> tuple[int, int]:
    """Where the lines that look like fields end, and how many of them are known ones."""
    above = sheet.lines[begin] if begin < len(sheet.lines) else None
    bare = divided and above is not None and _is_bare_field(above.text)
    number, known = begin, 0
    while above and number < len(sheet.lines) and number - begin < _MOST_FIELDS:
        line = sheet.lines[number]
        if not line or line.depth != above.depth:
            break
        words = lowered(line.text)
        is_known = bool(FIELDS.match(words) or (bare and BARE_FIELDS.match(words)))
        server = bool(_SERVER_FIELD.match(line.text)) and (divided or known >= _LEAST_FIELDS)
        known += is_known or server
        folded = number > begin and _continues(line.text)
        if not (is_known or server or folded or _ANY_FIELD.match(line.text)):
            break
        if not (is_known or server or folded) and known:
            break  # the author's own "Where: the lake" behind it
        number += 1
    return number, known


def _is_bare_field(text: str) -> bool:
    """ "From "Ann Archer" <…>", as eM Client begins a block."""
    return bool(BARE_FIELDS.match(lowered(text))) and has_address(text)


def _tells_of_mail(texts: list[str], ruled: bool) -> bool:
    """Not "From: the heart. To: you." but with an address, a date or a name in it."""
    values = [text.partition(":")[2] or text.partition("：")[2] for text in texts]
    return (
        ruled
        or any(has_address(text) or DATED.search(text) for text in texts)
        or looks_like_name(values[0].strip())
    )


def _is_of_some_language(texts: list[str]) -> bool:
    """An address in the first field and a date in another: a header in any language."""
    return has_address(texts[0]) and any(DATED.search(text) for text in texts[1:])


def _continues(text: str) -> bool:
    """More recipients of a long field."""
    return bool(text.strip()) and (
        text.startswith((" ", "\t")) or has_address(text) or text.rstrip().endswith((";", ","))
    )


def _skip_blank(sheet: Sheet, number: int) -> int:
    for ahead in range(number, min(number + 3, len(sheet.lines))):
        line = sheet.lines[ahead]
        if line and not line.is_blank:
            return ahead
    return number
