"""Signatures: what stands under a text, and says who wrote it or with which program."""

import re
from collections.abc import Callable
from functools import cache

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.addresses import has_address
from listserv.mail.anonymise.farewells import FAREWELL_AND_MORE
from listserv.mail.anonymise.letters import lowered
from listserv.mail.anonymise.lines import Sheet
from listserv.mail.anonymise.names import Names
from listserv.mail.anonymise.nicknames import (
    LONGEST_NICKNAME,
    Signs,
    may_be_farewell,
    signs,
    signs_below_farewell,
)
from listserv.mail.anonymise.phones import has_number, is_helpline, is_somebodys
from listserv.mail.anonymise.signature_lines import (
    CONTACT,
    ITEM,
    LONGEST_LINE,
    is_behind_name,
    is_card,
    is_contact,
    is_postscript,
    is_sign_off,
    labels,
    labels_somebody,
    reaches_somebody,
    talks,
    tells,
    tells_account,
    tells_key,
)
from listserv.mail.anonymise.signers import TITLES, is_full_name, looks_like_name
from listserv.mail.anonymise.small_print import is_small_print, may_begin, may_have_small_print
from listserv.mail.anonymise.taglines import is_banner, is_banner_mark, is_last_tagline, is_tagline

# "--" without its space is also drawn between paragraphs: only a short end counts then.
_MOST_UNDER_BARE = 12
_MOST_UNDER_SIGN_OFF = 14
_MOST_TAGLINES = 4
_MOST_KNOWN = 60
_MOST_SIGNATURES = 10
_MOST_BANNERS = 3
_MOST_QUOTED = 3
_MOST_BARE_FAREWELL = 3
_LONGEST_BANNER = 12
_MOST_PRINT = 40
_RULED = re.compile(r"\s{0,4}(?:[-_=*~–—#+•·.□■◆◇★☆━─═＝＊◎○●♪♦]\s?){3,}\s{0,4}")
# Scripts of India and Thailand, in which vowels are marks and no letter is a capital.
_OTHER_SCRIPT = re.compile("[\u0900-\u0dff\u0e00-\u0e7f .]{2,40}")
_PICTURE = re.compile(r"\[(?:image|cid|inline image|bild|logo)[^\]\n]{0,200}\]|\ufffc")


def cut_signatures(sheet: Sheet, names: Names) -> None:
    """Cuts what stands at the end of each person's words, quoted ones too."""
    for segment in sheet.segments():
        before = sheet.ledger.count(RedactionKind.SIGNATURE)
        _cut_banners(sheet, segment)
        seen = sheet.filled(segment)
        _cut_taglines(sheet, segment)
        _cut_separated(sheet, segment, names)
        printed = _cut_small_print(sheet, segment)
        _cut_ruled(sheet, segment, names)
        if sheet.filled(segment) is not seen:  # others stand at its end now
            _cut_taglines(sheet, segment)
        _cut_block(sheet, segment, names)
        if sheet.filled(segment) is not seen:
            printed = _cut_small_print(sheet, segment) or printed
        _cut_nickname(sheet, segment, names)
        _cut_numbers(sheet, segment)
        if printed and sheet.ledger.count(RedactionKind.SIGNATURE) == before:
            sheet.ledger.add(RedactionKind.SIGNATURE)


def cut_known(sheet: Sheet, known: tuple[tuple[str, ...], ...]) -> None:
    """Cuts signatures that the HTML form of the same mail marks as such.

    known: each signature as its lines, white space folded.
    """
    for signature in (whole[:_MOST_KNOWN] for whole in known[-_MOST_SIGNATURES:]):
        numbers = [n for n, line in sheet.numbered() if not line.is_blank]
        texts = [_folded(sheet, number) for number in numbers]
        size = len(signature)
        if not any(char.isalnum() for char in "".join(signature)):
            continue  # the separator alone
        for start in range(len(texts) - size, -1, -1):
            if texts[start] == signature[0] and tuple(texts[start : start + size]) == signature:
                cut(sheet, numbers[start], numbers[start + size - 1] + 1)
                break


def cut(sheet: Sheet, start: int, end: int) -> None:
    """Cuts a signature, and counts the phone numbers in it."""
    lines = [line.text for line in sheet.lines[start:end] if line]
    sheet.ledger.add(RedactionKind.PHONE_NUMBER, sum(map(has_number, lines)))
    sheet.cut(start, end, RedactionKind.SIGNATURE)


def _folded(sheet: Sheet, number: int) -> str:
    line = sheet.lines[number] if number < len(sheet.lines) else None
    return " ".join(line.text.split()) if line else ""


def _cut_banners(sheet: Sheet, segment: list[int]) -> None:
    first = sheet.filled(segment)[:_LONGEST_BANNER]
    marked = [number for number in first if is_banner_mark(_folded(sheet, number))]
    if len(marked) > 1:
        sheet.cut(marked[0], marked[-1] + 1, RedactionKind.CLIENT_TAGLINE)
    for number in sheet.filled(segment)[:_MOST_BANNERS]:
        line = sheet.lines[number]
        if line and is_banner(line.text):
            sheet.cut(number, number + 1, RedactionKind.CLIENT_TAGLINE)


def _cut_separated(sheet: Sheet, segment: list[int], names: Names) -> None:
    """RFC 3676 §4.3: from "-- " on; many programs lose the space."""
    filled = sheet.filled(segment)
    rules = [index for index, number in enumerate(filled) if _is_rule(sheet, number)]
    if not rules:
        return
    first = max(0, len(filled) - _MOST_KNOWN)
    texts = [_folded(sheet, number) for number in filled[first:]]
    telling = cache(tells)  # a long line may stand under many rules
    for index in rules:
        number = filled[index]
        line = sheet.lines[number]
        below = texts[index - first + 1 :] if index >= first else None
        gap = filled[index + 1 : index + 2] != [number + 1]
        is_exact = line is not None and line.text == "-- "
        if is_exact or (below is not None and _signs(below, gap, names, telling)):
            cut(sheet, number, segment[-1] + 1)
            return


def _is_rule(sheet: Sheet, number: int) -> bool:
    line = sheet.lines[number]
    return line is not None and line.text.strip() in ("--", "—", "- --")


def _signs(texts: list[str], gap: bool, names: Names, telling: Callable[[str], bool]) -> bool:
    """Under a bare "--", which people also draw between two parts of what they tell.

    gap: whether an empty line is between. telling: whether a line tells of somebody.
    """
    if not texts or names.find(texts[0]):
        return True
    if len(texts) > _MOST_UNDER_BARE:
        return not any(map(talks, texts)) and any(map(telling, texts))
    return not talks(texts[0]) or (not gap and len(texts) <= _MOST_QUOTED)


def _cut_ruled(sheet: Sheet, segment: list[int], names: Names) -> None:
    """Under a long rule near the end, when what stands there tells of somebody."""
    filled = sheet.filled(segment)[-_MOST_UNDER_BARE:]
    texts = [_folded(sheet, number) for number in filled]
    for index, text in enumerate(texts):
        below = texts[index + 1 :]
        if not _RULED.fullmatch(text) or not below:
            continue
        named = any(names.is_only_name(line) or names.find(line) for line in below)
        framed = (
            len(below) > 1 and _RULED.fullmatch(below[-1]) and any(map(reaches_somebody, below))
        )
        known = named or framed or any(map(has_address, below)) or is_card(below)
        if known and not any(map(talks, below)):
            cut(sheet, filled[index], segment[-1] + 1)
            return


def _cut_taglines(sheet: Sheet, segment: list[int]) -> None:
    filled = sheet.filled(segment)
    for number in reversed(filled[-_MOST_TAGLINES:]):
        line = sheet.lines[number]
        last = number == filled[-1] != filled[0]
        if line and (is_tagline(line.text) or (last and is_last_tagline(line.text))):
            end = number + 1
            below = sheet.lines[end] if end < len(sheet.lines) else None
            if below and re.fullmatch(r"\s*<?https?://\S+>?\s*", below.text):
                end += 1  # the link of the advertisement, wrapped
            sheet.cut(number, end, RedactionKind.CLIENT_TAGLINE)


def _cut_block(sheet: Sheet, segment: list[int], names: Names) -> None:
    """A block of name, phone, company and address, under a sign-off or with the own name."""
    filled = sheet.filled(segment)
    start = _under_sign_off(sheet, filled, names)
    signed = start is not None
    if start is None:
        filled = _above_postscript(sheet, filled)
        start = _own_paragraph(sheet, filled, names)
    if start is None or start >= len(filled):
        return
    block = _before_sentence(sheet, filled[start:])
    texts = [line.text for number in block if (line := sheet.lines[number])]
    told = any(map(tells, texts)) or (len(texts) > 1 and _names_author(texts[0], names))
    if signed and texts and not told:
        told = _is_signed_by_stranger(texts, names) or (
            len(texts) == 1
            and not (names.is_handle(texts[0]) or names.is_only_name(texts[0]))
            and (
                names.is_like_name(texts[0])
                or signs_below_farewell(texts[0], _folded(sheet, filled[start - 1]))
            )
        )
    if not told and len(texts) == 1 and (farewell := _labelled(texts[0], names)) is not None:
        told = not farewell
        if farewell:
            sheet.replace(block[0], farewell)
            sheet.ledger.add(RedactionKind.SIGNATURE)
    if told:
        cut(sheet, block[0], block[-1] + 1)


def _above_postscript(sheet: Sheet, filled: list[int]) -> list[int]:
    """The lines, but for a last one that begins with "PS"."""
    below = len(filled) > 2 and is_postscript(_folded(sheet, filled[-1]))
    return filled[:-1] if below else filled


def _cut_nickname(sheet: Sheet, segment: list[int], names: Names) -> None:
    """ "~ Zee", "*Zee*", "Zee xx" or "Zee" at the end, below a sentence and above a postscript."""
    filled = _above_postscript(sheet, sheet.filled(segment))
    if len(filled) < 2:
        return
    line, above = sheet.lines[filled[-1]], _folded(sheet, filled[-2])
    text = _folded(sheet, filled[-1])
    if not line or len(text) > LONGEST_NICKNAME or ITEM.match(above) or names.is_handle(text):
        return
    if names.is_only_name(text) or is_sign_off(text) or _is_signed_farewell(text, names):
        return  # the name goes as that
    apart = filled[-1] > filled[-2] + 1
    if signs(text, above, apart, line.depth > 0, names) is Signs.YES:
        cut(sheet, filled[-1], filled[-1] + 1)


def _cut_numbers(sheet: Sheet, segment: list[int]) -> None:
    """A last paragraph of nothing but ways to reach somebody, that no sentence announces."""
    filled = sheet.filled(segment)
    start = len(filled)
    while start > 0 and is_contact(_folded(sheet, filled[start - 1])):
        start -= 1
    if not 0 < start < len(filled) or filled[start - 1] == filled[start] - 1:
        return
    if _folded(sheet, filled[start - 1]).endswith(":"):
        return
    texts = [_folded(sheet, number) for number in filled[start:]]
    labelled = all(map(CONTACT.match, texts)) and any(map(has_number, texts))
    if (
        any(is_somebodys(text) or has_address(text) or tells_key(text) for text in texts)
        or (len(texts) > 1 and all(map(tells_account, texts)))
        or (labelled and not all(map(is_helpline, texts)))
    ):
        cut(sheet, filled[start], filled[-1] + 1)


def _is_signed_by_stranger(texts: list[str], names: Names) -> bool:
    """A name that we do not know stands under the farewell: a nickname, or somebody quoted."""
    return (
        (looks_like_name(texts[0]) or bool(_OTHER_SCRIPT.fullmatch(texts[0])))
        and not names.is_only_name(texts[0])
        and not names.is_handle(texts[0])
        and all(len(text.split()) <= 8 for text in texts)
    )


def _cut_small_print(sheet: Sheet, segment: list[int]) -> bool:
    """Small print of companies below the words, each paragraph as a whole; says if there was any.

    It belongs to a signature, so it is not counted here.
    """
    filled = sheet.filled(segment)
    found = False
    end = len(filled)
    while end > 1:
        start = end - 1
        while start > 0 and filled[start - 1] == filled[start] - 1 and end - start < _MOST_PRINT:
            start -= 1
        texts = [_folded(sheet, number) for number in filled[start:end]]
        if not may_have_small_print(" ".join(texts)):
            return found
        first = next((n for n, text in enumerate(texts) if may_begin(text)), None)
        if first is None or start + first == 0 or not is_small_print(" ".join(texts[first:])):
            return found
        sheet.cut(filled[start + first], filled[end - 1] + 1, None)
        end = start + first
        found = True
    return found


def _names_author(text: str, names: Names) -> bool:
    """Their name alone, or their full name with a word or two of rank."""
    return names.is_only_name(text) or (len(text.split()) <= 7 and bool(names.find(text)))


def _begins_with_author(text: str, names: Names) -> bool:
    """ "Ann Archer | Nurse", with a farewell before it or not; "Annie A."."""
    if len(text.split()) <= 2 and names.is_like_name(text.strip(" ,")) and not text[:1].islower():
        return True
    farewell = FAREWELL_AND_MORE.match(lowered(text))
    start = farewell.end() if farewell else 0
    found = names.find(text[start:])
    before = text[start : start + found[0].start] if found else ""
    return bool(found) and not any(map(str.isalnum, TITLES.sub("", before)))


def _labelled(text: str, names: Names) -> str | None:
    """What stays of "Best, Ann Archer, nurse at Acme" ("Best,"); None when it is no such line."""
    farewell = FAREWELL_AND_MORE.match(lowered(text))
    start = farewell.end() if farewell else 0
    found = names.find(text[start:])
    behind = text[start + found[-1].end :] if found else ""
    labelled = is_behind_name(behind) and _begins_with_author(text, names)
    return text[:start].rstrip() if labelled else None


def _is_signed_farewell(text: str, names: Names) -> bool:
    """ "Love, Ann" in one line."""
    farewell = FAREWELL_AND_MORE.match(lowered(text))
    name = text[farewell.end() :] if farewell else ""
    return bool(name) and (names.is_only_name(name) or looks_like_name(name))


def _under_sign_off(sheet: Sheet, filled: list[int], names: Names) -> int | None:
    """Where the lines below the last sign-off begin, when they all look like a signature."""
    first = max(0, len(filled) - _MOST_UNDER_SIGN_OFF)
    for index in range(len(filled) - 1, first - 1, -1):
        line = sheet.lines[filled[index]]
        if line is None or (len(line.text) > LONGEST_LINE and not labels(line.text)):
            return None
        if (
            is_sign_off(line.text)
            or _is_signed_farewell(line.text, names)
            or _may_be_farewell(sheet, filled, index)
        ):
            announced = index and _folded(sheet, filled[index - 1]).endswith(":")
            return None if announced else index + 1
    return None


def _own_paragraph(sheet: Sheet, filled: list[int], names: Names) -> int | None:
    """The last paragraph that begins with the author's name, when all below looks like labels."""
    for index in range(len(filled) - 1, max(-1, len(filled) - _MOST_UNDER_BARE), -1):
        line = sheet.lines[filled[index]]
        if line is None or len(line.text) > LONGEST_LINE:
            return None
        opens = _opens(filled, index)
        alone = index == len(filled) - 1
        words = _PICTURE.sub("", line.text)
        if names.is_only_name(words) and (
            opens or _is_under_few_words(sheet, filled, index, names)
        ):
            return None if alone else index
        if opens and index and _begins_with_author(words, names) and not talks(words):
            return index
        if talks(line.text) and not labels(line.text):
            return None
    return None


def _is_under_few_words(sheet: Sheet, filled: list[int], index: int, names: Names) -> bool:
    """Whether a full name stands right under what may be a farewell in any language."""
    above = _folded(sheet, filled[index - 1])
    few = len(above.split()) <= _MOST_BARE_FAREWELL and not talks(above) and not has_number(above)
    return few and _opens(filled, index - 1) and bool(names.find(_folded(sheet, filled[index])))


def _may_be_farewell(sheet: Sheet, filled: list[int], index: int) -> bool:
    """ "Onwards," in any language, right above what looks like a name and says what they are.

    A name alone may be a poet, a motto or a helpline: its author is asked (`nicknames.signs`).
    """
    text, line = _folded(sheet, filled[index]), sheet.lines[filled[index]]
    if not may_be_farewell(text) or not index or not _opens(filled, index):
        return False
    if filled[index + 1 : index + 2] != [filled[index] + 1]:
        return False
    name, label = _folded(sheet, filled[index + 1]), _folded(sheet, filled[index + 1] + 1)
    quoted = line is not None and line.depth > 0
    return is_full_name(name) and (quoted or labels_somebody(label))


def _opens(filled: list[int], index: int) -> bool:
    """Whether the line is the first of its paragraph."""
    return index == 0 or filled[index - 1] != filled[index] - 1


def _before_sentence(sheet: Sheet, block: list[int]) -> list[int]:
    """The lines that label somebody; from the first on that talks, the author goes on."""
    for index, number in enumerate(block):
        line = sheet.lines[number]
        if line and talks(line.text):
            return block[:index]
    return block
