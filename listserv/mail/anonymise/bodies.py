"""Which parts of a mail are its text, and which stand beside it."""

from dataclasses import dataclass, field

from listserv.mail.parts import Part

_TEXT = ("text/plain", "text/html")
# Forms of the same text for programs that nobody here has.
_OTHER_FORMS = frozenset({"text/x-amp-html", "text/watch-html", "text/enriched", "text/richtext"})


@dataclass
class Passage:
    """One stretch of the mail: its text, its HTML form, and what is attached to it."""

    plain: list[Part] = field(default_factory=list)
    html: list[Part] = field(default_factory=list)
    beside: list[Part] = field(default_factory=list)


def passages(parts: tuple[Part, ...]) -> list[Passage]:
    """The mail in reading order. The forms of one multipart/alternative are one passage."""
    found: list[Passage] = []
    alternative: tuple[int, ...] | None = None
    for part in parts:
        choice = _choice(part)
        if not found or choice is None or choice != alternative:
            is_text = part.content_type in _TEXT and not part.is_attached
            if is_text or choice is not None or not found:
                found.append(Passage())
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
