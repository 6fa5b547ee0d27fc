"""The whole of a post: from a mail as it came to what everybody may see."""

import re
from dataclasses import dataclass, field, replace

from listserv.domain.anonymous_message import Anonymised, AnonymousMessage, Attachment, Unclean
from listserv.domain.author import Author
from listserv.domain.doubt import Doubt
from listserv.domain.ports import Decoder
from listserv.domain.redaction import RedactionKind
from listserv.mail.anonymise import kinds
from listserv.mail.anonymise.attachments import Desk
from listserv.mail.anonymise.blocks import ENCRYPTED_LEFT_OUT
from listserv.mail.anonymise.bodies import Passage, passages
from listserv.mail.anonymise.doubts import doubts_in, own_lines
from listserv.mail.anonymise.flowed import unflow
from listserv.mail.anonymise.forms import Forms, compare, is_stub
from listserv.mail.anonymise.headers import answers_another, clean_subject
from listserv.mail.anonymise.html import clean_html
from listserv.mail.anonymise.html_build import html_of, html_of_text, text_of
from listserv.mail.anonymise.html_lines import HtmlLine, Run
from listserv.mail.anonymise.inline_pictures import with_inline_pictures
from listserv.mail.anonymise.ledger import Ledger
from listserv.mail.anonymise.lines import MOST_LINES, join_lines, split_lines
from listserv.mail.anonymise.names import names_of
from listserv.mail.anonymise.phones import count_numbers
from listserv.mail.anonymise.policy import CleaningPolicy
from listserv.mail.anonymise.text import clean_text
from listserv.mail.characters import plain
from listserv.mail.earlier import EARLIER
from listserv.mail.inbound import InboundMessage
from listserv.mail.parts import Part

_LONGEST_TEXT = 1_000_000
_OURS = re.compile(
    r"\[[^\[\]\n]{1,40} was left out\]|\[(?:name|picture|an email address|a personal \w{4,7})\]"
    rf"|{EARLIER}"
)
# A letter, a digit, or a sign of those that have a meaning by themselves.
_READABLE = re.compile(r"[^\W_]|[^\s\0-\u2000]")
_ENCRYPTED = Unclean(
    "The mail is encrypted, so nobody in the group could read it. "
    "Please send it again without encryption."
)
_TOO_LONG = Unclean("The text of the mail is too long. Please send a shorter one.")
_HTML_TOO_MUCH = Unclean(
    "The mail is a web page that is too large for us to clean. Please send plain text."
)
_EMPTY = Unclean(
    "Nothing was left to read after cleaning. Please write a few words in the mail itself."
)


@dataclass(frozen=True)
class _Said:
    """One passage, cleaned. html: its lines, None when the text says it all."""

    text: str
    html: tuple[HtmlLine, ...] | None = field(repr=False, default=None)
    doubts: frozenset[Doubt] = frozenset()


def anonymise(
    message: InboundMessage, author: Author, policy: CleaningPolicy, decoder: Decoder
) -> Anonymised | Unclean:
    """Builds the post anew from what the author wrote; nothing else of the mail is copied.

    Unclean, with a reason for its author, when it is encrypted, too large, or
    when nothing remains to be read. Takes time in proportion to its size.
    """
    if any(kinds.is_encrypted(part) for part in message.parts if not part.mails_above):
        return _ENCRYPTED
    parts = tuple(with_inline_pictures(message.parts))
    bodies = [part.text or "" for part in parts if not part.is_attached]
    if sum(map(len, bodies)) > _LONGEST_TEXT or sum(map(_lines, bodies)) > MOST_LINES:
        return _TOO_LONG
    names = names_of(message, author)
    policy = replace(policy, answers=answers_another(message))
    ledger = Ledger()
    desk = Desk(names, policy, ledger, decoder)
    said: list[_Said] = []
    for passage in passages(parts):
        cleaned = _clean(passage, desk)
        if isinstance(cleaned, Unclean):
            return cleaned
        said.append(cleaned)
    quotes = ledger.count(RedactionKind.ATTRIBUTION) + ledger.count(RedactionKind.FORWARDED_HEADER)
    policy = replace(policy, answers=policy.answers or quotes > 0)
    subject_ledger = Ledger()
    subject = clean_subject(message.subject, names, policy, subject_ledger)
    ledger.add_all(subject_ledger)
    return _whole(subject, said, desk)


def _whole(subject: str, said: list[_Said], desk: Desk) -> Anonymised | Unclean:
    text = "\n\n".join(one.text for one in said if one.text.strip())
    if not _is_readable(text) and not desk.made:
        return _ENCRYPTED if ENCRYPTED_LEFT_OUT in text else _EMPTY
    html = ""
    if any(one.html for one in said):
        html = "\n".join(_html(one, desk.cids) for one in said)
    attachments = tuple(_beside(a, html) for a in desk.made)
    pictures = sum(a.content_type.startswith("image/") for a in attachments)
    places = sum(a.name in desk.told_place for a in attachments)
    desk.ledger.add(RedactionKind.PICTURE_DETAILS, places, "location")
    desk.ledger.add(RedactionKind.PICTURE_DETAILS, pictures - places)
    own = own_lines(text)
    kept = count_numbers([subject, *own], desk.policy.language)
    desk.ledger.add(RedactionKind.PHONE_KEPT, kept)
    doubts = doubts_in(subject, text, own, desk.names, desk.policy)
    doubts = doubts.union(*(one.doubts for one in said))
    doubts |= {Doubt.PHONE_KEPT} if kept else set()
    message = AnonymousMessage(subject, text, html, attachments)
    return Anonymised(message, desk.ledger.redactions(), tuple(sorted(doubts)))


def _html(one: _Said, cids: dict[str, str]) -> str:
    return html_of(one.html, cids) if one.html is not None else html_of_text(one.text)


def _beside(attachment: Attachment, html: str) -> Attachment:
    """A picture to which the HTML does not refer stands beside the text."""
    if attachment.content_id and f'"cid:{attachment.content_id}"' in html:
        return attachment
    return replace(attachment, content_id="")


def _is_readable(text: str) -> bool:
    """More than what we put where something was."""
    return any(_READABLE.search(_OURS.sub("", line)) for line in text.split("\n"))


def _clean(passage: Passage, desk: Desk) -> _Said | Unclean:
    lines_left_out = [line for part in passage.beside if (line := desk.take(part))]
    said = _clean_forms(passage, desk)
    if isinstance(said, Unclean):
        return said
    text = "\n\n".join(piece for piece in (said.text, "\n".join(lines_left_out)) if piece)
    if said.html is None:
        return replace(said, text=text)
    blank = HtmlLine(0, "p", (), 0, ())
    added = [HtmlLine(0, "p", (), 0, (Run(line),)) for line in lines_left_out]
    return replace(said, text=text, html=(*said.html, blank, *added))


def _clean_forms(passage: Passage, desk: Desk) -> _Said | Unclean:
    """The text form is the master; HTML stays when it says the same."""
    html_ledger = Ledger()
    html = passage.quote_html("".join(part.text or "" for part in passage.html))
    page = clean_html(html, desk.names, desk.policy, html_ledger)
    if page:
        desk.drop(page.cids_cut)
        desk.html_lines += page.lines_read
        if desk.html_lines > MOST_LINES:
            return _HTML_TOO_MUCH
    words = passage.quote("\n".join(_text(part) for part in passage.plain))
    if not words.strip() or (page and is_stub(words, text_of(page.lines))):
        if page is None:
            return _HTML_TOO_MUCH if html.strip() and len(html) > 1000 else _Said("")
        desk.ledger.add_all(html_ledger)
        return _Said(join_lines(split_lines(text_of(page.lines))), page.lines)
    signatures = page.signatures if page else ()
    text_ledger = Ledger()
    text = clean_text(words, desk.names, desk.policy, text_ledger, signatures)
    if text is None:
        return _TOO_LONG
    forms = compare(text, text_of(page.lines)) if page else Forms.DIFFERENT
    if page is None or forms is not Forms.SAME:
        desk.ledger.add_all(text_ledger)
        strange = {Doubt.TWO_TEXTS} if forms is Forms.STRANGERS else set()
        return _Said(text, doubts=frozenset(strange))
    html_ledger.absorb(text_ledger)
    desk.ledger.add_all(html_ledger)
    return _Said(text, page.lines)


def _lines(text: str) -> int:
    return max(text.count("\n"), text.count("\r"))


def _text(part: Part) -> str:
    text = plain(part.text or "")
    return unflow(text, part.delsp) if part.flowed else text
