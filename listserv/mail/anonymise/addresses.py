"""E-mail addresses in prose, found in linear time from their @ outwards."""

import re
from collections.abc import Iterator

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.edits import BETWEEN_LINES, Edit
from listserv.mail.anonymise.letters import has_any
from listserv.mail.anonymise.policy import CleaningPolicy
from listserv.mail.anonymise.spelt_addresses import find_spelt, may_have_spelt

ADDRESS_LEFT_OUT = "[an email address]"
PERSONAL_LEFT_OUT = "[a personal address]"
_MAY_BE_AT = ("@", "＠", "%", "&")
# The sign in all its spellings, and behind it what may be a domain.
_AT_DOMAIN = re.compile(
    r"(?:@|＠|%40|&#0?64;|&#[xX]40;|&(?i:commat);)"
    r"([^\W_](?:[\w.-]{0,251}[^\W_])?|\[[0-9a-fA-Fv.:IPv]{2,60}\])"
)
_LONGEST_LOCAL = 64
_IN_LOCAL = r'[^"(),:;<>@＠\[\]\\/|\s\0]'
# Backwards, since only its end is known; it does not begin with marks of emphasis.
_LOCAL = re.compile(rf"{_IN_LOCAL}{{0,{_LONGEST_LOCAL - 1}}}(?!['*_=&?`“”‘’«»„]){_IN_LOCAL}")
_MAY_BE_BEFORE = frozenset("<[(:@")
_CLOSING = {"<": ">", "[": "]", "(": ")"}
_BEFORE = re.compile(r"(?:[<\[(]\s?)?(?:mailto:)?@?\Z", re.IGNORECASE)
_TOKEN = re.compile(
    r"[-+](?:bounces|leave|unsubscribe|confirm|thread|join|subscribe)\+|\Aprivate\+", re.IGNORECASE
)


def find_addresses(text: str, policy: CleaningPolicy) -> list[Edit]:
    """Every address in lines but those the list allows, with its brackets and `mailto:`.

    Whose it is does not matter: a difference would tell who is a member.
    """
    spans = list(_spans(text))
    plain = set(spans)
    spelt = [span for span in find_spelt(text) if span not in plain]
    if not spans and not spelt:
        return []
    edits: list[Edit] = []
    end_of_last = 0
    for first, last in spans:
        address = text[first:last].replace("＠", "@")
        if first < end_of_last or policy.allows(address):
            continue
        start, end = _with_brackets(text, first, last, end_of_last)
        edits.append(_edit(start, end, address))
        end_of_last = end
    if not spelt:
        return edits
    taken = bytearray(len(text))
    for start, end in (*((edit.start, edit.end) for edit in edits), *spans):
        taken[start:end] = b"x" * (end - start)
    edits += [
        Edit(start, end, ADDRESS_LEFT_OUT, RedactionKind.EMAIL_ADDRESS)
        for start, end in spelt
        if not any(taken[start:end])
    ]
    return sorted(edits, key=lambda edit: edit.start)


def may_have_address(text: str) -> bool:
    """A cheap look at a whole text; False when no line of it has an address in any spelling."""
    return has_any(text, _MAY_BE_AT) or may_have_spelt(text)


def has_address(text: str) -> bool:
    """Whether any address stands in the text."""
    return next(_spans(text), None) is not None


def _spans(text: str) -> Iterator[tuple[int, int]]:
    if not has_any(text, _MAY_BE_AT):
        return
    backwards = text[::-1]
    for found in _AT_DOMAIN.finditer(text):
        if _is_domain(found[1]):
            at, end = found.span()
            if local := _LOCAL.match(backwards, len(text) - at):
                yield len(text) - local.end(), end
            elif (start := _start_of_quoted(text, at)) < at:
                yield start, end


def _start_of_quoted(text: str, end: int) -> int:
    """Where the local part begins that ends with a quotation mark; `end` when there is none."""
    line = text[max(0, end - _LONGEST_LOCAL) : end].rpartition(BETWEEN_LINES)[2]
    opening = line.rfind('"', 0, -1) if line.endswith('"') else -1
    return end - len(line) + opening if opening >= 0 else end


def _is_domain(name: str) -> bool:
    """With a dot, and letters after the last one: "@7" or "@home" is no address."""
    if name.startswith("["):
        return True
    head, _, top = name.rpartition(".")
    return len(top) > 1 and bool(head) and not top.isdigit()


def _with_brackets(text: str, start: int, end: int, floor: int) -> tuple[int, int]:
    """`<mailto:a@b>` goes as a whole; a bracket is only taken when both are there."""
    lead = text[max(floor, start - 10) : start]
    if _MAY_BE_BEFORE.isdisjoint(lead[-2:]) or not (before := _BEFORE.search(lead)):
        return start, end
    opening = before.group()
    closing = _CLOSING.get(opening[:1], "")
    if closing == ">" and text[end : end + 1] == closing:
        return start - len(opening), end + 1
    return start - len(opening.lstrip("<[( ")), end


def _edit(start: int, end: int, address: str) -> Edit:
    if "+" in address and _TOKEN.search(address):
        return Edit(start, end, PERSONAL_LEFT_OUT, RedactionKind.PERSONAL_LINK)
    return Edit(start, end, ADDRESS_LEFT_OUT, RedactionKind.EMAIL_ADDRESS)
