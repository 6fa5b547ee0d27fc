"""What mail programs write right above a quote: who wrote it, and when."""

import re

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.addresses import has_address
from listserv.mail.anonymise.languages import (
    GREETINGS,
    STARTS,
    WROTE,
    WROTE_ANYWHERE,
)
from listserv.mail.anonymise.letters import lowered
from listserv.mail.anonymise.lines import Line, Sheet
from listserv.mail.anonymise.policy import CleaningPolicy
from listserv.mail.anonymise.signers import is_full_name, looks_like_name, names_in, people_in
from listserv.mail.earlier import EARLIER

# An attribution is wrapped over a few lines and has a name, a date and perhaps an address.
_MOST_LINES = 4
_MOST_ABOVE = 8
_ENOUGH_ABOVE = 2
LONGEST = 400
_SUBJECT = re.compile(
    r"[\s*_|]{0,6}(?:subject|betreff|objet|asunto|oggetto|assunto|onderwerp|ämne|emne|aihe|temat"
    r"|předmět|тема|tárgy|konu|θέμα|subiect|主题|件名|제목|date|datum|sent|gesendet|enviado|inviato)\W",
    re.IGNORECASE,
)
CITED = '" == '
_CITED = re.compile(rf'>{{0,8}}\s?"([^"\n]{{1,40}}){CITED}.{{1,200}}(?:writes|wrote|said):\s*\Z')
_WORD = re.compile(r"[^\W\d_]+")
_WROTE_LAST = (
    "wrote", "writes", "schrieb", "escribió", "écrit", "scritto", "escreveu", "schreef", "skrev",
)  # fmt: skip
_LONGEST_VERB = 10
_DATE = re.compile(
    r"\d{1,2}[:h]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2}"
    r"|\d{1,2}\.? \w{3,10}\.? \d{4}"
)
_ENDS_WITH_ADDRESS = re.compile(r"[^\s<>@]@[^\s<>@]+>[\u200e\u200f\u202c\s]{0,3}:\s{0,3}\Z")
# Only programs put an address in brackets behind a name.
_BRACKETED = re.compile(r"[<(\[]\s?(?:mailto:)?[^\s<>@]{1,64}@[^\s<>@]{1,255}[>)\]]")
DATED = re.compile(r"\d{4}|\d{1,2}[:.h]\d{2}|\d{1,2}[./-]\d{1,2}|\d年")
NAMED = re.compile(
    r"[\s*_]{0,6}([^\W\d_][^:：<>@]{0,60}?)\s(\w{4,12}|a écrit|ha scritto|a scris|va escriure"
    r"|je napisao|đã viết|şun\w{1,4} yazdı|napisał\(a\)|написал\(а\))\s?:\s{0,4}"
)
_ANSWERS = re.compile(
    r"\W{0,6}(?:in (?:reply|response|answer) to|replying to|(?:als )?antwort auf|en respuesta a[l]?"
    r"|en réponse (?:à|au)|in risposta a[l]?|em resposta a[o]?|als antwoord op|som svar på)\s"
    r"[^\n]{1,200}\Z",
    re.IGNORECASE,
)
_YOU_WROTE = re.compile(r"\byou (?:wrote|were writing)\W{0,3}\Z", re.IGNORECASE)
_LONGEST_GREETING = 60


def cut_cited(sheet: Sheet) -> None:
    """Supercite: `>>>>> "Ann" == Ann Archer <...> writes:`, and `Ann>` before each line."""
    for number, line in sheet.numbered():
        cited = _CITED.match(line.text) if CITED in line.text else None
        if cited:
            sheet.others |= people_in(line.text)
            sheet.cut(number, number + 1, RedactionKind.ATTRIBUTION)
            for below, quoted in sheet.numbered():
                words = quoted.text.lstrip()
                if below > number and words.startswith(f"{cited.group(1)}>"):
                    sheet.put(below, Line(quoted.depth + 1, words.partition(">")[2].strip()))
            return


def cut_attributions(sheet: Sheet, policy: CleaningPolicy) -> None:
    numbers = [number for number, _ in sheet.numbered()]
    first: list[int] = []  # at most two lines that say something, above the one looked at
    for index, number in enumerate(numbers):
        line = sheet.lines[number]
        start = None
        if line and line.text and _may_end(line.text, sheet, numbers, index):
            start = _first_of_attribution(sheet, numbers, index, policy, first)
        if line and start is not None:
            remember(sheet, start, number + 1, policy)
            first = [one for one in first if one < start]
            _cut_greeting(sheet, first, line.text, policy)
            left = _parent(sheet, numbers, start, index, policy)
            left = left or left_of(sheet, start, number + 1)
            sheet.cut(start, number + 1, RedactionKind.ATTRIBUTION, left)
            first = [one for one in first if sheet.lines[one]]
        latest = number if start is None else start
        if len(first) < _ENOUGH_ABOVE and (now := sheet.lines[latest]) and not now.is_blank:
            first.append(latest)


def _parent(
    sheet: Sheet, numbers: list[int], start: int, index: int, policy: CleaningPolicy
) -> str:
    """ "Quiet Otter wrote:", where the post that is answered is quoted right below."""
    line, below = sheet.lines[numbers[index]], _below(sheet, numbers, index)
    if not policy.parent_handle or not line or not below or line.depth or below.depth != 1:
        return ""
    named = " ".join(one.text for one in sheet.lines[start : numbers[index] + 1] if one)
    return policy.parent_wrote if policy.parent_handle in " ".join(named.split()) else ""


def _cut_greeting(sheet: Sheet, above: list[int], last: str, policy: CleaningPolicy) -> None:
    """ "Hello Ann," above "…, you wrote:", as one program begins each answer."""
    if len(above) != 1 or not _YOU_WROTE.search(last):
        return
    first = sheet.lines[above[0]]
    greeting = GREETINGS.match(lowered(first.text)) if first else None
    if first and greeting and len(first.text) <= _LONGEST_GREETING:
        names = names_in(first.text[greeting.end() :])
        if names and not names <= set(policy.parent_handle.split()):
            sheet.others |= names
            sheet.cut(above[0], above[0] + 1, None)


def remember(sheet: Sheet, start: int, end: int, policy: CleaningPolicy) -> None:
    """Names of other people, to be found where they sign; handles of the list are none."""
    for line in sheet.lines[start:end]:
        if line and not _SUBJECT.match(line.text) and not from_list(line.text, policy):
            sheet.others |= people_in(line.text)


def from_list(text: str, policy: CleaningPolicy) -> bool:
    """Whether the line names somebody by their handle on the list."""
    return " via " in text or any(address in text for address in policy.list_addresses)


def left_of(sheet: Sheet, start: int, end: int) -> str:
    """What stands in place of a header: nothing where marks show that a quote begins."""
    first = sheet.lines[start]
    lines = (line for line in sheet.lines[end : end + 6] if line and not line.is_blank)
    below = next(lines, None)
    marked = below is None or (first is not None and below.depth > first.depth)
    return "" if marked or _opens_quote(sheet, start) else EARLIER


def _opens_quote(sheet: Sheet, number: int) -> bool:
    """Whether the line is the first of its quote, as some programs put an attribution."""
    line = sheet.lines[number]
    if not line or not line.depth:
        return False
    above = (sheet.lines[n] for n in range(number - 1, max(-1, number - _MOST_ABOVE), -1))
    before = next((one for one in above if one and not one.is_blank), None)
    return before is None or before.depth < line.depth


def _may_end(text: str, sheet: Sheet, numbers: list[int], index: int) -> bool:
    text = text.rstrip(" *_\t")
    if len(text) > LONGEST:
        return False
    if text.endswith((":", "：", ">", "...", "…", "-", ")", "]")):
        return True
    if text[-_LONGEST_VERB:].lower().endswith(_WROTE_LAST):
        return True
    # Some programs put nothing behind the name or the time.
    return bool(
        _is_directly_above(sheet, numbers, index)
        and DATED.search(text)
        and (has_address(text) or (STARTS.match(text) and WROTE.search(lowered(text))))
    )


def _first_of_attribution(
    sheet: Sheet, numbers: list[int], index: int, policy: CleaningPolicy, above: list[int]
) -> int | None:
    """The number of the line where an attribution that ends at index begins, or None."""
    end = sheet.lines[numbers[index]]
    below = _below(sheet, numbers, index)
    if end and _is_directly_above(sheet, numbers, index):
        if _ANSWERS.match(end.text):
            return numbers[index]
        if _names_only(end.text):
            return None if _is_source(sheet, end, policy, above) else numbers[index]
    joined = ""
    nearest: int | None = None
    for back in range(min(_MOST_LINES, index + 1)):
        line = sheet.lines[numbers[index - back]]
        if not line or not end or line.depth != end.depth or line.is_blank:
            break
        joined = f"{line.text.strip()} {joined}".strip()
        if len(joined) > LONGEST:
            break
        above_quote = below is not None and below.depth > end.depth
        opens = not above_quote and _opens_quote(sheet, numbers[index - back])
        if _is_attribution(joined, above_quote, opens):
            if STARTS.match(joined):
                return numbers[index - back]
            nearest = numbers[index - back] if nearest is None else nearest
    return nearest


def _is_source(sheet: Sheet, line: Line, policy: CleaningPolicy, above: list[int]) -> bool:
    """ "Charles Dickens wrote:" below words of the author's, in a mail that answers nothing."""
    if policy.answers or not above or line.depth:
        return False
    return sheet.others.isdisjoint(names_in(line.text))


def _names_only(text: str) -> bool:
    """ "Ann Archer wrote:", as some programs put it, without any date."""
    named = NAMED.fullmatch(text)
    return bool(
        named and WROTE.fullmatch(lowered(named.group(2))) and looks_like_name(named.group(1))
    )


def _is_directly_above(sheet: Sheet, numbers: list[int], index: int) -> bool:
    """Whether a quote begins in the very next line; people leave an empty one between."""
    line = sheet.lines[numbers[index]]
    following = numbers[index + 1 : index + 2]
    below = sheet.lines[following[0]] if following else None
    return bool(line and below and below.depth > line.depth)


def _is_attribution(text: str, above_quote: bool, opens_quote: bool) -> bool:
    """With a verb of writing and a date or address, above or in a quote, or in the usual form."""
    dated = bool(DATED.search(text))
    addressed = has_address(text)
    if not (dated or addressed):
        return False
    verb = WROTE.search(lowered(text)) or WROTE_ANYWHERE.search(text)
    if not verb:
        # Some languages and programs leave out the verb.
        if addressed and dated and (text.endswith(">>>") or _opens_with_address(text, opens_quote)):
            return True
        if addressed and _ENDS_WITH_ADDRESS.search(text) and _DATE.search(text):
            return True
        return above_quote and dated and (addressed or _is_name_and_date(text))
    if above_quote:
        return True
    if not text.rstrip(" *_").endswith((":", "：", "---")):
        return False
    if addressed and (opens_quote or _BRACKETED.search(text)):
        return True
    if not dated:
        return False
    named = STARTS.match(text) and (addressed or _names_writer(text))
    return bool(named) or is_full_name(text[: verb.start()])


def _opens_with_address(text: str, opens_quote: bool) -> bool:
    return opens_quote and text.endswith((":", "：")) and bool(_BRACKETED.search(text))


def _is_name_and_date(text: str) -> bool:
    """ "2 November 2026 10:01, Ann Archer:", and next to nothing else."""
    words = _WORD.findall(text)
    small = [word for word in words if word[0].islower()]
    return bool(
        _DATE.search(text) and len(names_in(text)) > 1 and len(words) <= 10 and len(small) <= 2
    )


def _names_writer(text: str) -> bool:
    """A name stands beside the verb: "Ann wrote", but not "he said"."""
    verb = WROTE.search(lowered(text))
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
