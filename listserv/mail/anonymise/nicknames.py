"""A name that we do not know, alone in the last line, as people sign with it."""

import re

from listserv.mail.anonymise.letters import flat
from listserv.mail.anonymise.signers import looks_like_name
from listserv.mail.anonymise.words import NAMES_THAT_ARE_WORDS

LONGEST_NICKNAME = 50
_LEAST_WORDS_ABOVE = 4
_WORD = r"[^\W\d_][\w'’-]{0,14}"
_NAME = rf"({_WORD}(?: {_WORD}\.?)?)"
_DASHED = re.compile(rf"[-–—~/]{{1,2}}\s?{_NAME}\s?[-~/]{{0,2}}")
_FRAMED = re.compile(rf"[(~]{{1,2}}{_NAME}[)~]{{1,2}}")
_STRESSED = re.compile(rf"[*_]{{1,2}}{_NAME}[*_]{{1,2}}")
# Kisses, hearts and smiles around it.
_MARK = r"(?:x{1,4}|xo(?:xo)?|<3|[:;]-?[)*]|[^\w\s.,:;!?…()\[\]{}<>|/\\+=#%&*_~\"'-]{1,6})"
_ADORNED = re.compile(rf"{_NAME},?\s?{_MARK}|{_MARK}\s?{_NAME}", re.IGNORECASE)
_PLAIN = re.compile(rf"({_WORD})")
_GOES_ON = ":,;-–—"
_QUOTED = '"”»“'


def is_nickname(text: str, above: str, apart: bool, quoted: bool) -> bool:
    """Whether the last line signs. above: the line before it; apart: behind an empty one.

    Without any mark around it, it has to be one word under the author's own last sentence.
    """
    ended = _ends(above)
    if dashed := _DASHED.fullmatch(text):
        name = dashed.group(1)
        # Under the words of somebody else it says whose they are.
        signs = ended and " " not in name and above[-1] not in _QUOTED
        return (apart or (signs and not _DASHED.fullmatch(above))) and looks_like_name(name)
    if not ended:
        return False
    if adorned := _FRAMED.fullmatch(text) or _ADORNED.fullmatch(text):
        return looks_like_name(next(filter(None, adorned.groups())))
    name = _bare(text, above, quoted)
    return bool(name) and flat(name) not in NAMES_THAT_ARE_WORDS


def may_be_nickname(text: str, above: str) -> bool:
    """Whether the last line may sign with a name that is a word, so that only its author knows."""
    return flat(_bare(text, above, quoted=False)) in NAMES_THAT_ARE_WORDS


def _bare(text: str, above: str, quoted: bool) -> str:
    """The name, "*Zee*" or "Zee", below a sentence; "" for anything else."""
    if not _ends(above):
        return ""
    found = _STRESSED.fullmatch(text)
    answers = above.endswith("?")
    if not found and not quoted and not answers and len(above.split()) >= _LEAST_WORDS_ABOVE:
        found = _PLAIN.fullmatch(text)
    return found.group(1) if found and looks_like_name(found.group(1)) else ""


def _ends(above: str) -> bool:
    """Whether a sentence is over there."""
    return bool(above) and not above[-1].isalnum() and above[-1] not in _GOES_ON
