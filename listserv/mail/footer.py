"""The few lines below each mail: how to leave, to get help and to reach a person.

They say nothing of the one who reads them. People quote and forward whole
mails: a personal link or token here would let others act for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from listserv.domain.language import Language
from listserv.domain.list_settings import ReplyTo
from listserv.domain.mailing_list import MailingList

# Mail programs know it, and cut what is below (RFC 3676 §4.3).
MARK = "-- "


@dataclass(frozen=True)
class _Words:
    """The lines of one language; each ends where the address begins."""

    to_list: str
    to_nobody: str
    leave: str
    help: str
    person: str
    person_after_help: str


_WORDS: Mapping[Language, _Words] = {
    Language.ENGLISH: _Words(
        "Your reply goes to everyone in the group.",
        "This mail went to everyone in the group.",
        "To leave, write to ",
        "For help, write to ",
        "To reach a person, write to ",
        "; for a person, to ",
    ),
    Language.SPANISH: _Words(
        "Tu respuesta llega a todo el grupo.",
        "Este correo llega a todo el grupo.",
        "Para salir del grupo, escribe a ",
        "Para pedir ayuda, escribe a ",
        "Para hablar con una persona, escribe a ",
        "; para hablar con una persona, a ",
    ),
}


def footer_lines(mailing_list: MailingList) -> tuple[str, ...]:
    """Of a post, in the list's language: who reads a reply, and the ways out; four at most."""
    settings = mailing_list.settings
    words = _WORDS[settings.language]
    reads = words.to_list if settings.reply_to is ReplyTo.LIST else words.to_nobody
    leave = f"{words.leave}{mailing_list.sub_address('leave')}"
    for_help = f"{words.help}{mailing_list.sub_address('help')}"
    owner = mailing_list.sub_address("owner")
    if settings.crisis_line:
        together = f"{for_help}{words.person_after_help}{owner}"
        return (reads, leave, together, settings.crisis_line)
    return (reads, leave, for_help, f"{words.person}{owner}")


def notice_footer(
    language: Language,
    leave_address: str,
    help_address: str,
    owner_address: str,
    crisis_line: str,
) -> str:
    """Of a notice, in the reader's language; a line without its address is left out."""
    words = _WORDS[language]
    ways = ((words.leave, leave_address), (words.help, help_address), (words.person, owner_address))
    lines = [f"{way}{address}" for way, address in ways if address]
    lines += [crisis_line] if crisis_line else []
    return "\n".join((MARK, *lines)) + "\n" if lines else ""


def footer_text(mailing_list: MailingList) -> str:
    """The lines of a post's footer, after the mark."""
    return "\n".join((MARK, *footer_lines(mailing_list))) + "\n"


def footer_html(mailing_list: MailingList) -> str:
    """The same as one paragraph."""
    return f"<p>{MARK}<br>\n" + "<br>\n".join(map(escape, footer_lines(mailing_list))) + "</p>\n"
