"""Characters that nobody sees: taken out before anything is compared or shown."""

import re
import unicodedata

# Bidi marks, tags and the like only hide or reorder text, and can carry a number unseen.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffc\ud800-\udfff\U000e0000-\U000e0fff"
)
# Joiners and variation selectors stay where they mean something: in scripts from Hebrew to
# Mongolian, and in emoji.
_SCRIPTS = "\u0590-\u109f\u1780-\u18af"
_SYMBOLS = "0-9#*\u00a9\u00ae\u2010-\u32ff\U0001f000-\U0001faff"
_JOINERS = re.compile(
    f"(?<![{_SCRIPTS}])\u200c|\u200c(?![{_SCRIPTS}])"
    f"|(?<![{_SCRIPTS}{_SYMBOLS}\ufe0f])\u200d|\u200d(?![{_SCRIPTS}{_SYMBOLS}])"
    f"|(?<![{_SYMBOLS}])[\ufe00-\ufe0f]"
)
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_NO_BREAK_SPACE = "\u00a0"
_OTHER_SPACES = "\u1680\u2000-\u200a\u202f\u205f\u3000"
# As most of ASCII text is: nothing in it has to change.
_PRINTED = re.compile("[\n\t -~]*")
# As most other text is not: something in it may have to change.
_MAY_CHANGE = re.compile(
    f"[{_CONTROLS}{_LINE_ENDS}{_OTHER_SPACES}\u200c\u200d\ufe00-\ufe0f{_UNSEEN}]"
)
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_CONTROL = re.compile(f"[{_CONTROLS}]")
_LINE_END = re.compile(f"\r\n|[{_LINE_ENDS}]")
_SPACE = re.compile(f"[{_OTHER_SPACES}]")
_ANY_SPACE = re.compile(r"\s+")
# Composing sorts a run of combining marks by insertion: quadratic, so never in one long run.
_LONGEST_RUN = 256


def plain(text: str) -> str:
    """The text with LF line ends, composed (NFC), without controls and invisible characters."""
    if text.isascii() and (text.isprintable() or _PRINTED.fullmatch(text)):
        return text
    text = text.replace(_NO_BREAK_SPACE, " ")  # most mail has some
    if _MAY_CHANGE.search(text):
        text = _CONTROL.sub("", _LINE_END.sub("\n", text))
        text = _SPACE.sub(" ", _JOINERS.sub("", _INVISIBLE.sub("", text)))
    if unicodedata.is_normalized("NFC", text):
        return text
    return "".join(
        unicodedata.normalize("NFC", text[start : start + _LONGEST_RUN])
        for start in range(0, len(text), _LONGEST_RUN)
    )


def one_line(text: str) -> str:
    """The text as one line: every run of white space is one space."""
    return _ANY_SPACE.sub(" ", plain(_CONTROL.sub(" ", text))).strip()
