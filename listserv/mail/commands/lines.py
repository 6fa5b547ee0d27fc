"""The lines of a mail in which its author speaks, and what they quote."""

import re

from listserv.mail.anonymise.html_lines import lines_of
from listserv.mail.anonymise.html_tree import read_tree
from listserv.mail.anonymise.ledger import Ledger
from listserv.mail.anonymise.lines import Line, Sheet, split_lines
from listserv.mail.anonymise.policy import CleaningPolicy
from listserv.mail.anonymise.quotes import cut_quote_headers
from listserv.mail.anonymise.taglines import is_tagline
from listserv.mail.characters import one_line, plain
from listserv.mail.earlier import EARLIER
from listserv.mail.inbound import InboundMessage

_MOST_TEXT = 20_000
_MOST_HTML = 200_000
_MOST_LINES = 300
# Programs write their own, and pile them up: "Re: AW: [Evenings] join".
_PREFIX = re.compile(
    r"\s*(?:(?:re|fwd?|aw|sv|rv|r|res)\s*(?:\[\d{1,3}\])?\s*:|\[[^\]]{0,80}\])", re.I
)
_MOST_PREFIXES = 10
# Autoresponders that say so nowhere else, in languages of widespread programs.
_AUTOMATIC = re.compile(
    r"\s*(?:re:\s*)?(?:automatic reply|auto[- ]?reply|auto response|out of (?:the )?office"
    r"|respuesta autom[aá]tica|fuera de (?:la )?oficina|automatische antwort|abwesenheitsnotiz"
    r"|r[eé]ponse automatique|risposta automatica|resposta autom[aá]tica)\b[^:]{0,40}(?::|$)",
    re.I,
)


def subject_of(message: InboundMessage) -> str:
    """Without the prefixes of replies and lists."""
    subject = one_line(message.subject)
    for _ in range(_MOST_PREFIXES):
        found = _PREFIX.match(subject)
        if not found:
            break
        subject = subject[found.end() :]
    return subject.strip()


def is_of_autoresponder(message: InboundMessage) -> bool:
    """Whether its subject is what a program puts there for somebody who is away."""
    return bool(_AUTOMATIC.match(one_line(message.subject)))


def is_reply(message: InboundMessage) -> bool:
    """Whether it answers another mail (RFC 5322 §3.6.4)."""
    return bool(message.first("in-reply-to") or message.first("references"))


def own_lines(message: InboundMessage) -> list[str]:
    """What its author wrote: no quotes, nothing from "-- " on, no empty lines."""
    return [line for line in own_paragraphs(message) if line]


def own_paragraphs(message: InboundMessage) -> list[str]:
    """The same with the empty lines, which tell a sign-off from what stands above it."""
    sheet = Sheet(_lines(message), Ledger())
    cut_quote_headers(sheet, CleaningPolicy())
    own: list[str] = []
    for line in sheet.left():
        if line.depth == 0 and (line.text == EARLIER or line.text.rstrip() in ("--", "—")):
            break
        if line.depth == 0 and not is_tagline(line.text):
            own.append("" if line.is_blank else line.text.strip())
    return own


def quoted_lines(message: InboundMessage) -> list[str]:
    """What stands behind marks of quoting."""
    return [line.text.strip() for line in _lines(message) if line.depth and not line.is_blank]


def _lines(message: InboundMessage) -> list[Line]:
    """Of the first text with something in it; HTML only where there is no plain text."""
    texts = [part for part in message.parts if not part.is_attached and part.text]
    for part in texts:
        if part.content_type == "text/plain" and part.text and part.text.strip():
            return split_lines(plain(part.text[:_MOST_TEXT]))[:_MOST_LINES]
    for part in texts:
        root = read_tree(part.text[:_MOST_HTML]) if part.text else None
        if part.content_type == "text/html" and root is not None:
            return [
                Line(at.depth, at.text) for at in lines_of(root, Ledger(), CleaningPolicy()).lines
            ][:_MOST_LINES]
    return []
