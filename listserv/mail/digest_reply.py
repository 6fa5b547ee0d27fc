"""Answers to a digest: which of its posts they quote, and the mail without the quoted digest."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from listserv.domain.digest import DigestPost
from listserv.mail.inbound import InboundMessage, Part

_TITLE = re.compile(
    r"\bDigest, Vol \d{1,4}, Issue \d{1,6}\b|\bResumen de .{1,80}, Vol \d{1,4}, Número \d{1,6}\b",
    re.IGNORECASE,
)
_ANSWERED = re.compile(r"\s*(?:re|aw|sv|rv|r|antw|resp)\s*:", re.IGNORECASE)
_TOKEN = re.compile(r"[-+](?:thread|get)\+([a-z2-7]{26})@", re.IGNORECASE)
# What mail programs put above a quote without marks.
_ABOVE = re.compile(r"\s*(?:[-_]{5,}|[\w ]{2,20}:\s|.{0,400}:\s*$)")
_MOST_ABOVE = 10
_HTML_QUOTE = re.compile(
    r"<blockquote|<div[^<>]{0,200}(?:gmail_quote|divRplyFwdMsg)|<hr", re.IGNORECASE
)
_WORD = re.compile(r"\w+")
# Fewer words in a row could stand in any post.
_FEWEST_WORDS = 4


def answers_digest(message: InboundMessage) -> bool:
    """Whether its subject is that of an answer to a whole digest."""
    return bool(_ANSWERED.match(message.subject) and _TITLE.search(message.subject))


def quoted_tokens(message: InboundMessage) -> frozenset[str]:
    """The posts whose addresses stand in its text."""
    texts = (part.text for part in _texts(message) if part.text)
    return frozenset(found.lower() for text in texts for found in _TOKEN.findall(text))


def quoted_posts(message: InboundMessage, posts: Iterable[DigestPost]) -> Sequence[DigestPost]:
    """The posts from which it quotes a passage, by the words of the quoted lines.

    Words that a post itself quotes are another's, but for those that nobody here wrote.
    """
    lines = [
        words
        for part in _texts(message)
        for line in (part.text or "").split("\n")
        if line.lstrip().startswith(">") and len(words := _words(line)) >= _FEWEST_WORDS
    ]
    quotes = {f" {' '.join(words)} " for words in lines}
    whole = [(post, f" {' '.join(_words(post.text))} ") for post in posts] if quotes else []
    own = [(post, f" {' '.join(_words(_own(post.text)))} ") for post, _ in whole]
    theirs = {quote for quote in quotes if any(quote in text for _, text in own)}
    said = {post.id for post, text in own if _any_in(theirs, text)}
    said |= {post.id for post, text in whole if _any_in(quotes - theirs, text)}
    return [post for post, _ in whole if post.id in said]


def without_digest(message: InboundMessage, answer: bool = True) -> InboundMessage:
    """The mail without what it quotes of a digest, and all that stands around that.

    answer: whether it is known to answer one; else only lines with the mark of a quote are
    taken out, since the rest may be the author's own words. An HTML form that quotes a digest
    is left out where there is a text beside it.
    """
    alone = all(part.content_type != "text/plain" for part in _texts(message))
    parts = []
    for part in message.parts:
        cut = _cut(part, answer)
        if cut is part:
            parts.append(part)
        elif part.content_type == "text/plain" or alone:
            parts.append(cut)
    return replace(message, parts=tuple(parts))


def _texts(message: InboundMessage) -> list[Part]:
    return [p for p in message.parts if p.content_type.startswith("text/") and not p.is_attached]


def _cut(part: Part, answer: bool) -> Part:
    """The part itself when it quotes no digest."""
    if part.is_attached or not part.text or not _is_of_digest(part.text):
        return part
    if part.content_type == "text/plain":
        lines = part.text.replace("\r\n", "\n").split("\n")
        text = _without_quotes(lines, answer)
    elif part.content_type == "text/html":
        text = _without_end(part.text, answer)
    else:
        return part
    if text.split() == part.text.split():
        return part
    return replace(part, text=text, content=text.encode(), charset="utf-8")


def _is_of_digest(text: str) -> bool:
    return bool(_TITLE.search(text) or _TOKEN.search(text))


def _without_quotes(lines: list[str], to_the_end: bool) -> str:
    """Without each quote that has a mark of a digest in it.

    to_the_end: where one stands in a line that is no quote, all from there on goes as well.
    """
    kept: list[str] = []
    number = 0
    while number < len(lines):
        end = _quote_end(lines, number)
        if end > number:
            block = lines[number:end]
            if _is_of_digest("\n".join(block)):
                _drop_above(kept)
            else:
                kept += block
            number = end
        elif to_the_end and _is_of_digest(lines[number]):
            _drop_above(kept)
            break
        else:
            kept.append(lines[number])
            number += 1
    return "\n".join(kept).rstrip("\n") + "\n"


def _quote_end(lines: list[str], start: int) -> int:
    """Behind the quoted lines that begin at start; empty lines between two of them belong to it."""
    end = number = start
    while number < len(lines) and (not lines[number].strip() or lines[number].startswith(">")):
        number += 1
        if lines[number - 1].startswith(">"):
            end = number
    return end


def _drop_above(kept: list[str]) -> None:
    """What announces the quote: a rule, fields, or a line that ends in a colon."""
    for _ in range(_MOST_ABOVE):
        if kept and (not kept[-1].strip() or _ABOVE.match(kept[-1])):
            kept.pop()


def _without_end(html: str, to_the_end: bool) -> str:
    marks = (match.start() for match in (_TITLE.search(html), _TOKEN.search(html)) if match)
    first = min(marks, default=len(html))
    quotes = [found.start() for found in _HTML_QUOTE.finditer(html, 0, first)]
    if not quotes and not to_the_end:
        return html
    return html[: quotes[0] if quotes else first]


def _own(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.lstrip().startswith(">"))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _any_in(quotes: Iterable[str], text: str) -> bool:
    return any(quote in text for quote in quotes)
