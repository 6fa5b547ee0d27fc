"""The subject, the only header field of which words remain."""

import re

from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise.edits import apply
from listserv.mail.anonymise.ledger import Ledger
from listserv.mail.anonymise.names import Names
from listserv.mail.anonymise.policy import CleaningPolicy
from listserv.mail.anonymise.prose import Place, Spot, finders, note
from listserv.mail.anonymise.taglines import EXTERNAL_TAG
from listserv.mail.characters import one_line
from listserv.mail.inbound import InboundMessage

_LONGEST = 300
_MOST_PREFIXES = 50
_LONGEST_FIRST_INDEX = 32
_REPLY = re.compile(
    r"(?:re|aw|отг|antw|antwort|sv|vs|rv|ref|res|odp|ynt|r|ris|rép|ré|回复|回覆|答复|回信|返信|답장|отв|ответ"
    r"|na|vá|bls|atb|σχετ|απ|הב|رد)\s?(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s?[:：]\s*",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"(?:fwd|fw|wg|tr|i|enc|rv|doorst|vl|vb|vs|továbbítás|пересл|转发|轉寄|転送|전달|πρθ|i̇lt|ilt|pd)"
    r"\s?(?:\[\d{1,3}\])?\s?[:：]\s*",
    re.IGNORECASE,
)
# Where a mail answers nothing these may be the author's own: "I: what I learnt", "R: a letter".
_MAY_BE_WORDS = re.compile(r"(?:i|r|na|ref|res|enc|tr|vs|pd|ris)\s?[:：]", re.IGNORECASE)
_CHAIN = re.compile(rf"(?:{_REPLY.pattern}|{_FORWARD.pattern}){{2}}", re.IGNORECASE)
_PREFIX = re.compile(r"\[([^\[\]]{1,60})\]\s*")
# "[Ticket 7] AW: hello": the words in brackets stay, the prefixes behind them go.
_TAG_ABOVE_PREFIX = re.compile(
    rf"{_PREFIX.pattern}(?={_REPLY.pattern}|{_FORWARD.pattern})", re.IGNORECASE
)


def answers_another(message: InboundMessage) -> bool:
    """Whether its header says so. Outlook's Thread-Index grows with each answer."""
    subject = message.subject
    return bool(
        message.first("in-reply-to")
        or message.first("references")
        or len(message.first("thread-index")) > _LONGEST_FIRST_INDEX
        or (_REPLY.match(subject) and not _MAY_BE_WORDS.match(subject))
    )


def clean_subject(subject: str, names: Names, policy: CleaningPolicy, ledger: Ledger) -> str:
    """One line; a chain of prefixes in any language becomes one "Re: "; "" when none is left."""
    words = EXTERNAL_TAG.sub("", one_line(subject)[: 10 * _LONGEST])
    rest, answers = _without_prefixes(words, policy)
    for finder in finders(policy, names, Spot(Place.SIGNING)):
        edits = finder.find(rest)
        note(edits, ledger)
        rest = apply(rest, edits)
    rest = _shortened(rest)
    if not any(
        char.isalnum() for char in rest.replace("[name]", "")
    ) and RedactionKind.OWN_NAME in {redaction.kind for redaction in ledger.redactions()}:
        rest = ""
    return f"Re: {rest}".strip() if answers and rest else rest


def _without_prefixes(words: str, policy: CleaningPolicy) -> tuple[str, bool]:
    answers = False
    tag = ""
    # "R: Re: hello" is a chain of prefixes.
    chained = bool(_CHAIN.match(words))
    for _ in range(_MOST_PREFIXES):
        reply = _REPLY.match(words)
        match = reply or _FORWARD.match(words) or _list_prefix(words, policy)
        if not match and not tag and (found := _TAG_ABOVE_PREFIX.match(words)):
            tag = found.group()
            words = words[found.end() :]
            continue
        if not match or match.end() == len(words):
            break
        if not (policy.answers or chained) and _MAY_BE_WORDS.match(words):
            break
        answers = answers or reply is not None
        words = words[match.end() :]
    return tag + words, answers


def _list_prefix(words: str, policy: CleaningPolicy) -> re.Match[str] | None:
    """The list's own word in brackets; other brackets are the author's."""
    match = _PREFIX.match(words)
    own = {policy.subject_prefix.strip("[] ").lower()}
    own |= {address.partition("@")[0].lower() for address in policy.list_addresses}
    return match if match and match.group(1).strip().lower() in own - {""} else None


def _shortened(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    return (
        words[:_LONGEST].rpartition(" ")[0] + " …" if " " in words[:_LONGEST] else words[:_LONGEST]
    )
