"""The two forms of one body: whether they say the same, and which of them is the author's text."""

import re
from collections import Counter
from enum import Enum

_WORD = re.compile(r"\w+")
_CODE = re.compile(r"(?=\w*\d)(?=\w*[^\W\d_])\w{6,}")
# Most of what one form says has to stand in the other.
_ALIKE = 0.85
_LEAST_WORDS = 3
_MOST_ADDED = 0.05
_STRANGE = 0.3
_ENOUGH_WORDS = 10
_LONGEST_STUB = 60
_STUB = re.compile(
    r"(?:requires?|support|view|read|display|see|enable|anzeigen|unterstütz|lesen|visualizar|ver"
    r"|voir|afficher|visualizzare)[^\n]{0,80}(?:html|browser|navigateur|navegador)"
    r"|html[^\n]{0,60}(?:e-?mail|message|nachricht|mensaje|version|format|viewer)",
    re.IGNORECASE,
)


class Forms(Enum):
    """How the text form and the HTML form of a body stand to each other."""

    SAME = "same"
    DIFFERENT = "different"
    STRANGERS = "strangers"


def compare(text: str, html: str) -> Forms:
    """SAME when both have the same words, but for a few of layout.

    The HTML may add next to nothing: what only it has, its author may not know of.
    """
    ours, theirs = (Counter(_WORD.findall(form.lower())) for form in (text, html))
    most = max(ours.total(), theirs.total())
    least = min(ours.total(), theirs.total())
    shared = (ours & theirs).total()
    added = theirs - ours
    alike = shared >= _ALIKE * most or most - shared <= _LEAST_WORDS
    little = added.total() <= max(_LEAST_WORDS, _MOST_ADDED * theirs.total())
    if alike and little and not any(map(_CODE.fullmatch, added)):
        return Forms.SAME
    if least >= _ENOUGH_WORDS and shared < _STRANGE * least:
        return Forms.STRANGERS
    return Forms.DIFFERENT


def is_stub(text: str, html: str) -> bool:
    """Whether the text only says that the words stand in the HTML."""
    words = len(_WORD.findall(text))
    return (
        words <= _LONGEST_STUB
        and bool(_STUB.search(text))
        and len(_WORD.findall(html)) >= min(words, _ENOUGH_WORDS)
    )
