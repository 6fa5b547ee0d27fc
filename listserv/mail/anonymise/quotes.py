"""What mail programs write above a quote: who wrote it, when and to whom."""

import re

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.addresses import has_address
from listserv.mail.anonymise.languages import (
    DIVIDER,
    FIELDS,
    FORWARDED,
    STARTS,
    WROTE,
    WROTE_ANYWHERE,
)
from listserv.mail.anonymise.letters import has_any
from listserv.mail.anonymise.lines import EARLIER, Line, Sheet
from listserv.mail.anonymise.policy import CleaningPolicy
from listserv.mail.anonymise.signers import looks_like_name, names_in

# An attribution is wrapped over a few lines and has a name, a date and perhaps an address.
_MOST_LINES = 4
_LONGEST = 400
_LEAST_FIELDS = 3
_MOST_FIELDS = 60
_SUBJECT = re.compile(
    r"[\s*_|]{0,6}(?:subject|betreff|objet|asunto|oggetto|assunto|onderwerp|ämne|emne|aihe|temat"
    r"|předmět|тема|tárgy|konu|θέμα|subiect|主题|件名|제목|date|datum|sent|gesendet|enviado|inviato)\W",
    re.IGNORECASE,
)
_CITED = re.compile(r'>{0,8}\s?"([^"\n]{1,40})" == .{1,200}(?:writes|wrote|said):\s*\Z')
_WORD = re.compile(r"[^\W\d_]+")
_WROTE_LAST = (
    "wrote", "writes", "schrieb", "escribió", "écrit", "scritto", "escreveu", "schreef", "skrev",
)  # fmt: skip
_LONGEST_VERB = 10
# What stands in every line that a block may begin with.
_MAY_BE_FIELD = (":", "：", "--", "__", "==", "-_")
_DATE = re.compile(
    r"\d{1,2}[:h]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}\.? \w{3,10}\.? \d{4}"
)
_ENDS_WITH_ADDRESS = re.compile(r"[^\s<>@]@[^\s<>@]+>[\u200e\u200f\u202c\s]{0,3}:\s{0,3}\Z")
_RULE = re.compile(r"\s{0,4}[_-]{10,}\s{0,4}")
_DATED = re.compile(r"\d{4}|\d{1,2}[:.h]\d{2}|\d{1,2}[./-]\d{1,2}|\d年")
# A field of any name, as servers write them, and as any language calls them.
_SERVER_FIELD = re.compile(
    r"(?:[A-Z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)+|Received|Organi[sz]ation|Sender|Precedence|Keywords"
    r"|Comments|Newsgroups|Autocrypt|OpenPGP)\s?:"
)
_ANY_FIELD = re.compile(r"[\s*_|]{0,6}[^\W\d_][^\d:：<>@\n]{0,24}[*_]{0,3}\s?[:：]")
_NAMED = re.compile(r"[\s*_]{0,6}([^\W\d_][^:：<>@]{0,60}?)\s(\w{4,12}|a écrit)\s?:\s{0,4}")


def cut_quote_headers(sheet: Sheet, policy: CleaningPolicy) -> None:
    """Cuts attributions and header blocks; the names in them are remembered in the sheet.

    Where the quote below carries no marks, a neutral line says that it begins.
    """
    _cut_cited(sheet)
    _cut_blocks(sheet, policy)
    _cut_attributions(sheet, policy)


def _remember(sheet: Sheet, start: int, end: int, policy: CleaningPolicy) -> None:
    """Names of other people, to be found where they sign; handles of the list are none."""
    for line in sheet.lines[start:end]:
        if line and not _SUBJECT.match(line.text) and not _from_list(line.text, policy):
            sheet.others |= names_in(line.text)


def _from_list(text: str, policy: CleaningPolicy) -> bool:
    return " via " in text or any(address in text for address in policy.list_addresses)


def _cut_cited(sheet: Sheet) -> None:
    """Supercite: `>>>>> "Ann" == Ann Archer <...> writes:`, and `Ann>` before each line."""
    for number, line in list(sheet.numbered()):
        cited = _CITED.match(line.text) if '" == ' in line.text else None
        if cited:
            sheet.others |= names_in(line.text)
            sheet.cut(number, number + 1, RedactionKind.ATTRIBUTION)
            for below, quoted in list(sheet.numbered()):
                words = quoted.text.lstrip()
                if below > number and words.startswith(f"{cited.group(1)}>"):
                    sheet.lines[below] = Line(quoted.depth + 1, words.partition(">")[2].strip())
            return


def _cut_attributions(sheet: Sheet, policy: CleaningPolicy) -> None:
    numbers = [number for number, _ in sheet.numbered()]
    for index, number in enumerate(numbers):
        line = sheet.lines[number]
        if line and _may_end(line.text):
            start = _first_of_attribution(sheet, numbers, index)
            if start is not None:
                _remember(sheet, start, number + 1, policy)
                left = _left(sheet, start, number + 1)
                sheet.cut(start, number + 1, RedactionKind.ATTRIBUTION, left)


def _left(sheet: Sheet, start: int, end: int) -> str:
    """What stands in place of a header: nothing where marks show that a quote begins."""
    first = sheet.lines[start]
    lines = (line for line in sheet.lines[end : end + 6] if line and not line.is_blank)
    below = next(lines, None)
    marked = below is None or (first is not None and below.depth > first.depth)
    return "" if marked or _opens_quote(sheet, start) else EARLIER


def _opens_quote(sheet: Sheet, number: int) -> bool:
    """Whether the line is the first of its quote, as some programs put an attribution."""
    line = sheet.lines[number]
    above = (sheet.lines[n] for n in range(number - 1, -1, -1))
    before = next((one for one in above if one and not one.is_blank), None)
    return bool(line and line.depth and (before is None or before.depth < line.depth))


def _may_end(text: str) -> bool:
    text = text.rstrip(" *_\t")
    return len(text) <= _LONGEST and (
        text.endswith((":", "：", ">", "...", "…", "-", ")", "]"))
        or text[-_LONGEST_VERB:].lower().endswith(_WROTE_LAST)
    )


def _first_of_attribution(sheet: Sheet, numbers: list[int], index: int) -> int | None:
    """The number of the line where an attribution that ends at index begins, or None."""
    end = sheet.lines[numbers[index]]
    below = _below(sheet, numbers, index)
    if end and _names_only(end.text) and _is_directly_above(sheet, numbers, index):
        return numbers[index]
    joined = ""
    nearest: int | None = None
    for back in range(min(_MOST_LINES, index + 1)):
        line = sheet.lines[numbers[index - back]]
        if not line or not end or line.depth != end.depth or line.is_blank:
            break
        joined = f"{line.text.strip()} {joined}".strip()
        if len(joined) > _LONGEST:
            break
        if _is_attribution(joined, below, end):
            if STARTS.match(joined):
                return numbers[index - back]
            nearest = numbers[index - back] if nearest is None else nearest
    return nearest


def _names_only(text: str) -> bool:
    """ "Ann Archer wrote:", as some programs put it, without any date."""
    named = _NAMED.fullmatch(text)
    return bool(named and WROTE.fullmatch(named.group(2)) and looks_like_name(named.group(1)))


def _is_directly_above(sheet: Sheet, numbers: list[int], index: int) -> bool:
    """Whether a quote begins in the very next line; people leave an empty one between."""
    line = sheet.lines[numbers[index]]
    following = numbers[index + 1 : index + 2]
    below = sheet.lines[following[0]] if following else None
    return bool(line and below and below.depth > line.depth)


def _is_attribution(text: str, below: Line | None, end: Line) -> bool:
    """With a verb of writing and a date or address, above a quote or in the usual form."""
    dated = bool(_DATED.search(text))
    addressed = has_address(text)
    above_quote = below is not None and below.depth > end.depth
    if not (WROTE.search(text) or WROTE_ANYWHERE.search(text)):
        # Some languages and programs leave out the verb.
        if addressed and _ENDS_WITH_ADDRESS.search(text) and _DATE.search(text):
            return True
        return above_quote and dated and (addressed or _is_name_and_date(text))
    if above_quote:
        return addressed or dated
    ends = text.rstrip(" *_").endswith((":", "："))
    return bool(STARTS.match(text)) and dated and ends and (addressed or _names_writer(text))


def _is_name_and_date(text: str) -> bool:
    """ "2 November 2026 10:01, Ann Archer:", and next to nothing else."""
    words = _WORD.findall(text)
    small = [word for word in words if word[0].islower()]
    return bool(
        _DATE.search(text) and len(names_in(text)) > 1 and len(words) <= 10 and len(small) <= 2
    )


def _names_writer(text: str) -> bool:
    """A name stands beside the verb: "Ann wrote", but not "he said"."""
    verb = WROTE.search(text)
    if verb is None:
        return True
    before = text[: verb.start()].split()[-1:]
    after = text[verb.end() :].split()[:1]
    return any(not word.strip('*_"“<(')[:1].islower() for word in before + after if word != ":")


def _below(sheet: Sheet, numbers: list[int], index: int) -> Line | None:
    """The next line that says something."""
    for number in numbers[index + 1 : index + 6]:
        line = sheet.lines[number]
        if line and not line.is_blank:
            return line
    return None


def _cut_blocks(sheet: Sheet, policy: CleaningPolicy) -> None:
    number = 0
    while number < len(sheet.lines):
        line = sheet.lines[number]
        if not line or not _may_begin(line.text):
            number += 1
            continue
        end, is_header = _block_end(sheet, number)
        if not is_header:
            number = end
            continue
        _remember(sheet, number, end, policy)
        sheet.cut(number, end, RedactionKind.FORWARDED_HEADER, _left(sheet, number, end))
        number = end


def _may_begin(text: str) -> bool:
    if len(text) > _LONGEST or not has_any(text, _MAY_BE_FIELD):
        return False
    return bool(
        FIELDS.match(text)
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
    number, known = begin, 0
    while above and number < len(sheet.lines) and number - begin < _MOST_FIELDS:
        line = sheet.lines[number]
        if not line or line.depth != above.depth:
            break
        is_known = bool(FIELDS.match(line.text))
        server = bool(_SERVER_FIELD.match(line.text)) and (divided or known >= _LEAST_FIELDS)
        known += is_known or server
        folded = number > begin and _continues(line.text)
        if not (is_known or server or folded or _ANY_FIELD.match(line.text)):
            break
        if not (is_known or server or folded) and known:
            break  # the author's own "Where: the lake" behind it
        number += 1
    return number, known


def _tells_of_mail(texts: list[str], ruled: bool) -> bool:
    """Not "From: the heart. To: you." but with an address, a date or a name in it."""
    values = [text.partition(":")[2] or text.partition("：")[2] for text in texts]
    return (
        ruled
        or any(has_address(text) or _DATED.search(text) for text in texts)
        or looks_like_name(values[0].strip())
    )


def _is_of_some_language(texts: list[str]) -> bool:
    """An address in the first field and a date in another: a header in any language."""
    return has_address(texts[0]) and any(_DATED.search(text) for text in texts[1:])


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
