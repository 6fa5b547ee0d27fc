"""The digest that is made to be read: contents first, threads together, quotes in one line."""

from collections.abc import Sequence

from listserv.mail.days import day_in_words
from listserv.mail.digest_folding import Block, Folded, Paragraph, Quote
from listserv.mail.digest_html import key_of, page
from listserv.mail.digest_issue import Issue
from listserv.mail.digest_view import Shown, Talk, talks
from listserv.mail.mime_tree import inline_part, multipart, text_part

_RULE = "-" * 30


def reader_digest(issue: Issue) -> bytes:
    """The fields of MIME, an empty line and the body: text, and HTML with its pictures."""
    found = talks(issue)
    pictures = {
        key_of(shown, file.name): file
        for talk in found
        for shown in talk.posts
        for file in shown.entry.kept
    }
    domain = issue.mailing_list.domain
    ids = {
        key: f"{key}.{issue.message_id.strip('<>').partition('@')[0]}@{domain}" for key in pictures
    }
    shown = text_part(page(issue, found, {key: f"cid:{cid}" for key, cid in ids.items()}), "html")
    if pictures:
        parts = [inline_part(file, ids[key]) for key, file in pictures.items()]
        shown = multipart("related", [shown, *parts], issue.message_id)
    text = text_part(reader_text(issue, found))
    return multipart("alternative", [text, shown], issue.message_id).as_bytes()


def reader_text(issue: Issue, found: Sequence[Talk]) -> str:
    """The same in plain text."""
    contents = "\n".join(f"{talk.number}. {talk.subject}\n   {talk.summary}" for talk in found)
    head = "\n".join((issue.title, "", *issue.hints, "", f"{issue.words.contents}:", "", contents))
    return "\n\n".join((head, *(_talk(issue, talk) for talk in found), issue.footer))


def _talk(issue: Issue, talk: Talk) -> str:
    title = f"{talk.number}. {talk.subject}"
    head = f"{_RULE}\n{title}\n{_RULE}"
    return "\n\n".join((head, *(_post(issue, shown) for shown in talk.posts)))


def _post(issue: Issue, shown: Shown) -> str:
    entry = shown.entry
    day = day_in_words(entry.post.date.date(), issue.digest.variant.language)
    blocks = "\n\n".join(_block(issue, block) for block in shown.blocks)
    files = [f"[{file.name}]" for file in entry.kept]
    below = [*files, *issue.left_out(entry)]
    if entry.reply_to:
        below.append(issue.words.answer_to.format(address=entry.reply_to))
    parts = (f"{entry.handle}, {day}:", blocks, "\n".join(below))
    return "\n\n".join(part for part in parts if part)


def _block(issue: Issue, block: Block) -> str:
    match block:
        case Paragraph(lines):
            return "\n".join(lines).strip("\n")
        case Quote(lines):
            return "\n".join(f"> {line}".rstrip() for line in lines)
        case Folded(handle, start):
            return issue.words.in_answer.format(handle=handle, start=start)
