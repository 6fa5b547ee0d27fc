"""The page of the reader's digest: headings to jump by, one column, no tables, no scripts.

It names a language and works in the dark, in large letters and read aloud. Nothing
in it comes from anywhere else.
"""

import re
from collections.abc import Sequence
from html import escape

from listserv.mail.days import day_in_words
from listserv.mail.digest_folding import Block, Folded, Paragraph, Quote
from listserv.mail.digest_issue import Issue
from listserv.mail.digest_view import Shown, Talk

_LINK = re.compile(r"https?://[^\s<>\"]{1,2000}")
_ADDRESS = re.compile(r"[a-z0-9][a-z0-9._-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_WIDEST = 12  # more is too much on a phone
_AFTER_LINK = ".,;:!?)]}'’”"
_STYLE = """\
:root { color-scheme: light dark; }
body { font: 1.0625rem/1.55 system-ui, sans-serif; max-width: 40rem; margin: 0 auto; padding: 1rem;
  overflow-wrap: break-word; }
h1 { font-size: 1.375rem; line-height: 1.3; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2.5rem 0 0.5rem; }
h3 { font-size: 1.0625rem; margin: 1.5rem 0 0; }
ol { padding-left: 1.5rem; }
li { margin: 0.75rem 0; }
p { margin: 0.75rem 0; }
a { color: #0b5394; }
img { max-width: 100%; height: auto; }
blockquote { margin: 0.75rem 0; padding-left: 0.75rem; border-left: 0.25rem solid #808080; }
.aside { font-size: 0.9375rem; margin-top: 0; }
footer { border-top: 1px solid #808080; margin-top: 2.5rem; font-size: 0.9375rem; }
@media (prefers-color-scheme: dark) {
  html { background: #121212; color: #f2f2f2; }
  a { color: #9ecbff; }
}
"""


def page(issue: Issue, talks: Sequence[Talk], sources: dict[str, str]) -> str:
    """The whole page. sources: where the pictures stand, by `key_of`."""
    hints = "<br>\n".join(map(_with_addresses, issue.hints))
    footer = "<br>\n".join(map(_with_addresses, issue.footer.strip("\n").split("\n")[1:]))
    return "\n".join(
        (
            "<!DOCTYPE html>",
            f'<html lang="{issue.digest.variant.language}">',
            '<head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{escape(issue.title)}</title>",
            f"<style>\n{_STYLE}</style></head>",
            "<body>",
            "<header>",
            f'<h1 id="top">{escape(issue.title)}</h1>',
            f"<p>{hints}</p>",
            "</header>",
            "<main>",
            content(issue, talks, sources),
            "</main>",
            f"<footer><p>{footer}</p></footer>",
            "</body>",
            "</html>",
            "",
        )
    )


def content(issue: Issue, talks: Sequence[Talk], sources: dict[str, str]) -> str:
    """The contents and the conversations; what links back to #top stands above."""
    return "\n".join(
        (
            '<nav aria-labelledby="contents">',
            f'<h2 id="contents">{escape(issue.words.contents)}</h2>',
            "<ol>",
            *(_line(talk) for talk in talks),
            "</ol>",
            "</nav>",
            *(_section(issue, talk, sources) for talk in talks),
        )
    )


def key_of(shown: Shown, name: str) -> str:
    """Names a picture of a post within the digest."""
    return f"{shown.number}-{name}"


def _line(talk: Talk) -> str:
    subject, summary = escape(talk.subject), escape(talk.summary)
    return f'<li><a href="#t{talk.number}" dir="auto">{subject}</a><br>\n{summary}</li>'


def _section(issue: Issue, talk: Talk, sources: dict[str, str]) -> str:
    # Not a landmark: there may be many, some with the same subject. One jumps by headings.
    return "\n".join(
        (
            "<section>",
            f'<h2 id="t{talk.number}" dir="auto">{escape(talk.subject)}</h2>',
            *(_article(issue, shown, sources) for shown in talk.posts),
            f'<p class="aside"><a href="#top">{escape(issue.words.back)}</a></p>',
            "</section>",
        )
    )


def _article(issue: Issue, shown: Shown, sources: dict[str, str]) -> str:
    entry = shown.entry
    day = day_in_words(entry.post.date.date(), issue.digest.variant.language)
    alt = escape(issue.words.shown.format(handle=entry.handle))
    lines = [
        "<article>",
        f"<h3>{escape(entry.handle)}</h3>",
        f'<p class="aside">{escape(day)}</p>',
        *(_block(issue, block) for block in shown.blocks),
        *(_picture(sources.get(key_of(shown, file.name)), alt) for file in entry.kept),
    ]
    left_out = issue.left_out(entry)
    if left_out:
        lines.append("<p>" + "<br>\n".join(map(escape, left_out)) + "</p>")
    if entry.reply_to:
        answer = escape(issue.words.answer.format(handle=entry.handle))
        lines.append(f'<p><a href="{escape(entry.answer_link)}">{answer}</a></p>')
    return "\n".join([*lines, "</article>"])


def _picture(source: str | None, alt: str) -> str:
    """One that stands nowhere is named."""
    return f'<p><img src="{escape(source)}" alt="{alt}"></p>' if source else f"<p>[{alt}]</p>"


def _block(issue: Issue, block: Block) -> str:
    match block:
        case Paragraph(lines):
            return _paragraphs(lines)
        case Quote(lines):
            return f"<blockquote>\n{_paragraphs(lines)}\n</blockquote>"
        case Folded(handle, start):
            line = issue.words.in_answer.format(handle=handle, start=start)
            return f"<p><i>{escape(line)}</i></p>"


def _paragraphs(lines: Sequence[str]) -> str:
    """A paragraph for each run of lines between empty ones, each in its own direction."""
    runs = "\n".join(line.rstrip() for line in lines).split("\n\n")
    texts = (run.strip("\n") for run in runs)
    html = "\n".join(f'<p dir="auto">{_linked(_indented(text))}</p>' for text in texts if text)
    return html.replace("\n<br>", "<br>")


def _indented(text: str) -> str:
    """With spaces at the beginning of a line that HTML keeps: verses and lists stand by them."""
    return _INDENT.sub(lambda found: "\xa0" * min(len(found[0].expandtabs(4)), _WIDEST), text)


def _with_addresses(line: str) -> str:
    """A line of ours as HTML, its addresses as links: one touch, and the mail is begun."""
    return _ADDRESS.sub(lambda found: f'<a href="mailto:{found[0]}">{found[0]}</a>', escape(line))


def _linked(text: str) -> str:
    """The text as HTML, with its web addresses as links and its lines as they are."""
    parts: list[str] = []
    end = 0
    for match in _LINK.finditer(text):
        url = match[0].rstrip(_AFTER_LINK)
        parts.append(escape(text[end : match.start()]))
        parts.append(f'<a href="{escape(url)}">{escape(url)}</a>')
        end = match.start() + len(url)
    parts.append(escape(text[end:]))
    return "".join(parts).replace("\n", "<br>\n")
