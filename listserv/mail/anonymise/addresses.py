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
_LOCAL = re.compile(rf'[^"(),:;<>@＠\[\]\\/|\s\0]{{0,{_LONGEST_LOCAL}}}')
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
    for found in _AT_DOMAIN.finditer(text):
        if not _is_domain(found.group(1)):
            continue
        at, end = found.span()
        name = _local_before(text, at)
        if name:
            yield at - len(name), end


def _local_before(text: str, at: int) -> str:
    """The local part that ends at `at`, quoted or not, without marks of emphasis before it."""
    before = text[max(0, at - _LONGEST_LOCAL) : at].rpartition(BETWEEN_LINES)[2]
    if before.endswith('"'):
        opening = before.rfind('"', 0, -1)
        return before[opening:] if opening >= 0 else ""
    local = _LOCAL.match(before[::-1])  # backwards, since only its end is known
    return local.group()[::-1].lstrip("'*_=&?`“”‘’«»„") if local else ""


def _is_domain(name: str) -> bool:
    """With a dot, and letters after the last one: "@7" or "@home" is no address."""
    if name.startswith("["):
        return True
    head, dot, top = name.rpartition(".")
    return bool(dot and head) and len(top) > 1 and not top.isdigit()


def _with_brackets(text: str, start: int, end: int, floor: int) -> tuple[int, int]:
    """`<mailto:a@b>` goes as a whole; a bracket is only taken when both are there."""
    lead = text[max(floor, start - 10) : start]
    before = None if _MAY_BE_BEFORE.isdisjoint(lead[-2:]) else _BEFORE.search(lead)
    if before is None:
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
