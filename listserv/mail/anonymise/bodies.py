"""Which parts of a mail are its text, and which stand beside it."""

from dataclasses import dataclass, field
from html import escape

from listserv.mail.parts import Part

_TEXT = ("text/plain", "text/html")
MAIL_TYPES = frozenset({"message/rfc822", "message/global"})
# Forms of the same text for programs that nobody here has.
_OTHER_FORMS = frozenset({"text/x-amp-html", "text/watch-html", "text/enriched", "text/richtext"})


@dataclass
class Passage:
    """One stretch of the mail: its text, its HTML form, and what is attached to it.

    depth: in how many mails inside this mail it stands. header: who wrote the innermost
    of them to whom, as a program would write it above a quote.
    """

    plain: list[Part] = field(default_factory=list)
    html: list[Part] = field(default_factory=list)
    beside: list[Part] = field(default_factory=list)
    depth: int = 0
    header: str = ""

    def quote(self, text: str) -> str:
        """The text with its header, as a quote; as it is, when it stands in this mail itself."""
        if not self.depth or not text.strip():
            return text
        marks = ">" * self.depth
        return "\n".join(f"{marks} {line}" for line in f"{self.header}\n\n{text}".split("\n"))

    def quote_html(self, html: str) -> str:
        """The same for HTML."""
        if not self.depth or not html.strip():
            return html
        header = "<br>".join(map(escape, self.header.split("\n")))
        return f"{'<blockquote>' * self.depth}<p>{header}</p><div>{html}"


def passages(parts: tuple[Part, ...]) -> list[Passage]:
    """The mail in reading order. The forms of one multipart/alternative are one passage."""
    found: list[Passage] = []
    alternative: tuple[int, ...] | None = None
    header = ""
    for part in parts:
        if part.content_type in MAIL_TYPES and part.text is not None:
            header = part.text
            continue
        choice = _choice(part)
        if not found or choice is None or choice != alternative or found[-1].header != header:
            is_text = part.content_type in _TEXT and not part.is_attached
            if is_text or choice is not None or not found:
                inside = part.mails_above
                found.append(Passage(depth=inside, header=header if inside else ""))
        alternative = choice
        _add(found[-1], part, in_choice=choice is not None)
    return found


def _choice(part: Part) -> tuple[int, ...] | None:
    """Where the outermost multipart/alternative around the part stands; None without one."""
    if "multipart/alternative" not in part.path:
        return None
    return part.place[: part.path.index("multipart/alternative")]


def _add(passage: Passage, part: Part, in_choice: bool) -> None:
    if part.content_type == "text/plain" and not part.is_attached:
        passage.plain.append(part)
    elif part.content_type == "text/html" and not part.is_attached:
        passage.html.append(part)
    elif not (in_choice and part.content_type in _OTHER_FORMS):
        passage.beside.append(part)
