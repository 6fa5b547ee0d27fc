"""A name that we may not know, alone in the last line, as people sign with it."""

import re
from enum import Enum

from listserv.mail.anonymise.accounts import is_common
from listserv.mail.anonymise.languages import GREETINGS
from listserv.mail.anonymise.letters import flat, lowered
from listserv.mail.anonymise.names import Names
from listserv.mail.anonymise.signature_lines import ITEM
from listserv.mail.anonymise.signers import CLOSING_WORDS, is_full_name, looks_like_name
from listserv.mail.anonymise.words import NAMES_THAT_ARE_WORDS

LONGEST_NICKNAME = 50
_LEAST_WORDS_ABOVE = 4
_MOST_FAREWELL = 5
_WORD = r"[^\W\d_][\w'’-]{0,14}"
_NAME = rf"({_WORD}(?: {_WORD}\.?)?)"
_DASHED = re.compile(rf"[-–—~/]{{1,2}}\s?{_NAME}\s?[-~/]{{0,2}}")
_FRAMED = re.compile(rf"[(~]{{1,2}}{_NAME}[)~]{{1,2}}")
_STRESSED = re.compile(rf"[*_]{{1,2}}{_NAME}[*_]{{1,2}}")
# Kisses, hearts and smiles around it.
_MARK = r"(?:x{1,4}|xo(?:xo)?|<3|[:;]-?[)*]|[^\w\s.,:;!?…()\[\]{}<>|/\\+=#%&*_~\"'-]{1,6})"
_ADORNED = re.compile(rf"{_NAME},?\s?{_MARK}|(?:{_MARK}\s?){_NAME}(?:\s?{_MARK})?", re.IGNORECASE)
_PLAIN = re.compile(rf"({_WORD})")
# "J.K.", "n": a letter or two say nothing but who signs; some single ones are kisses or words.
_INITIALS = re.compile(
    r"(?:[^\W\d_]\.\s?){1,3}[^\W\d_]?\.?|[^\W\d_aeiokuxyàáéèíóúæøå]", re.IGNORECASE
)
# What is left when kisses, hearts, dashes and marks of emphasis are taken from both sides.
_CORE = re.compile(rf"(?:[\W_]|{_MARK}(?!\w))*(?P<name>[^\W_].*?)(?:[\W_]|(?<!\w){_MARK})*")
_ME = r"(?:it['’]?s\s|just\s|only\s|still\s){0,2}me|nur ich|soy yo|c['’]est moi|sono io|sou eu"
_BY = r"signed|gez\.?|gezeichnet|firmado|firma|signé|firmato|assinado|getekend"
# Words that only sign: "just me, tom", "signed: tom".
_SIGNED = re.compile(
    rf"(?:(?:{_ME})\s?[,:;.–—-]{{1,3}}\s?|(?:{_BY})(?:\s?[,:;.–—-]{{1,3}}\s?|\s))"
    rf"(?:von\s|por\s|par\s|by\s)?"
    rf"{_WORD}(?: {_WORD}){{0,2}}\W{{0,4}}",
    re.IGNORECASE,
)
_LOVE = r"love|hugs|kisses|greetings|regards|best|grüße|saludos|bises|baci"
_YOUR = r"yours?|eure[rm]?|euer|deine?|ihre?|tu|vuestr[oa]|votre|ton|ta|il tuo|la tua|seu|sua|je"
# Words that sign where a name follows: "your friend Tom", "love from Tom and the dogs".
_SIGNED_IF_NAME = re.compile(
    rf"(?:(?:(?:{_LOVE})\s)?(?:from|von|de parte de|de la part de|da)\s)?(?:(?:{_YOUR})\s)?"
    rf"(?:(?:(?:old\s)?friend|amig[oa]|freund(?:in)?|amie?)\s)?(?:(?:it['’]s me|this was)[,:]?\s)?"
    rf"{_NAME}(?:\s(?:and|und|y|et|e|&)\s[\w' ]{{1,24}})?\W{{0,6}}",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"(?:the|your|der|die|das|la|el|le|il|o|a|de|eure?|tu)(?: {_WORD}){{1,2}}", re.I
)
_MOST_LABEL_WORDS = 3
# How words for people end: "the gardener", "la jardinera".
_PERSON = re.compile(
    r"\w+(?:er|or|ist|ian|man|woman|girl|boy|lady|guy|kid|mum|mom|dad|wife|erin|era|ero|ora|eur|euse"
    r"|ière|tora?|trice|ista)"
)
# "Zee from York", "- Zee, York", "Zee B.": who signs, and from where.
_PLACED = re.compile(
    rf"[-–—~\s]{{0,3}}(?P<name>{_WORD})(?:\s(?:from|of|aus|von|de|da|in|en|uit)|,)\s(?P<place>{_NAME})"
)
_INITIALLED = re.compile(rf"{_WORD} [^\W\d_]\.")
_FULL = re.compile(rf"{_WORD} {_WORD}")
# Endings of words for what people feel and do, which no name has.
_NO_NAME = re.compile(
    r"\w{2,}(?:ness|tion|sion|heit|keit|schaft|ción|sión|ções?|ção|tude|ship|hood|dad|tät|less|ful"
    r"|ously|wise|wards?)|[^\W_]{3,}(?:ing|ed|ment[eo]?|lich|isch|zione|ando|iendo)"
)
_GOES_ON = ":,;-–—"
# Around a last word these say nothing of whether it signs.
_QUIET = " .,;:!?…*_()[]<>|~/\\'\"“”„«»‘’-–—#@"
_QUOTED = '"”»“'


class Signs(Enum):
    """Whether a last line signs; PERHAPS: only its author knows."""

    NO = "no"
    YES = "yes"
    PERHAPS = "perhaps"


def signs(text: str, above: str, apart: bool, quoted: bool, names: Names) -> Signs:
    """Whether the last line signs. above: the line before it; apart: behind an empty one."""
    if _is_marked(text, above, apart):
        return Signs.YES
    if not _ends(above):
        asked = not quoted and not apart and may_be_farewell(above) and is_full_name(text)
        return Signs.PERHAPS if asked else Signs.NO
    if names.is_like_name(_core(text)) or _SIGNED.fullmatch(text) or _INITIALS.fullmatch(text):
        return Signs.YES
    named = _SIGNED_IF_NAME.fullmatch(text)
    if named and named.start(1):
        name = named.group(1)
        return _of_name(name) if looks_like_name(name) else Signs.NO
    if adorned := _FRAMED.fullmatch(text) or _ADORNED.fullmatch(text):
        name = next(filter(None, adorned.groups()))
        return Signs.YES if looks_like_name(name) else Signs.NO
    core = _core(text)
    if core != text.strip(_QUIET) and looks_like_name(core):
        return Signs.YES
    if stressed := _STRESSED.fullmatch(text):
        name = stressed.group(1)
        return _of_name(name) if looks_like_name(name) else Signs.NO
    return _of_placed(text, apart) or _of_bare(text, above, apart, quoted)


def _of_placed(text: str, apart: bool) -> Signs | None:
    placed = _PLACED.fullmatch(text)
    if not apart or not placed or placed.group("name").lower() in CLOSING_WORDS:
        return None
    named = looks_like_name(placed.group("name")) and looks_like_name(placed.group("place"))
    return (Signs.PERHAPS if text[0].isalnum() else Signs.YES) if named else None


def may_be_farewell(text: str) -> bool:
    """Whether it may be one that no list knows: a few words and a comma."""
    few = text.endswith((",", "،", "，")) and len(text.split()) <= _MOST_FAREWELL
    return few and not GREETINGS.match(lowered(text)) and not ITEM.match(text)


def signs_below_farewell(text: str, farewell: str) -> bool:
    """Whether a line in lower case right below a farewell is a name all the same."""
    words = _core(text).lower().split()
    if not words or text.rstrip()[-1:] in "!?…," or len(words) > _MOST_LABEL_WORDS:
        return False
    if len(words) > 1:
        return bool(_LABEL.fullmatch(" ".join(words))) and not CLOSING_WORDS.issuperset(words[1:])
    closed = farewell.rstrip().endswith((",", "!"))
    return _may_name(words[0]) and (closed or not is_common(flat(words[0])))


def follows_farewell(name: str, names: Names) -> bool:
    """Whether a word in lower case behind a farewell signs: "xoxo, zee"."""
    word = _core(name).lower()
    if names.is_like_name(word):
        return True
    return bool(_PLAIN.fullmatch(word)) and _may_name(word) and not is_common(flat(word))


def _core(text: str) -> str:
    """The words, without what people draw around them."""
    found = _CORE.fullmatch(text)
    return found.group("name") if found else ""


def _is_marked(text: str, above: str, apart: bool) -> bool:
    """ "- Zee": a dash and a name."""
    dashed = _DASHED.fullmatch(text)
    if not dashed:
        return False
    name = dashed.group(1)
    # Under the words of somebody else it says whose they are.
    direct = _ends(above) and " " not in name and above[-1] not in _QUOTED
    return (apart or (direct and not _DASHED.fullmatch(above))) and looks_like_name(name)


def _of_name(name: str) -> Signs:
    return Signs.PERHAPS if flat(name) in NAMES_THAT_ARE_WORDS else Signs.YES


def _of_bare(text: str, above: str, apart: bool, quoted: bool) -> Signs:
    """ "Zee" or "zee" below a sentence, with no mark around it."""
    if quoted or above.endswith("?") or len(above.split()) < _LEAST_WORDS_ABOVE:
        return Signs.NO
    if _PLAIN.fullmatch(text):
        if looks_like_name(text) and flat(text) in NAMES_THAT_ARE_WORDS:
            return Signs.PERHAPS
        if not _may_name(text.lower()):
            return Signs.NO
        if text[0].islower() or (len(text) > 1 and text.isupper()):
            return Signs.PERHAPS if apart else Signs.NO
        return Signs.YES if text[0].isupper() and not is_common(flat(text)) else Signs.PERHAPS
    if _INITIALLED.fullmatch(text) and looks_like_name(text[:-3]):
        return Signs.YES
    if not apart:
        return Signs.NO
    last = text.rpartition(" ")[2]
    label = text[0].islower() and _LABEL.fullmatch(text) and last not in CLOSING_WORDS
    full = text[0].isupper() and _FULL.fullmatch(text) and looks_like_name(text)
    return Signs.PERHAPS if full or (label and _PERSON.fullmatch(last)) else Signs.NO


def _may_name(word: str) -> bool:
    """Whether a single word, in lower case, is none of those with which people end a mail."""
    return len(word) > 1 and word not in CLOSING_WORDS and not _NO_NAME.fullmatch(word)


def _ends(above: str) -> bool:
    """Whether a sentence is over there."""
    return bool(above) and not above[-1].isalnum() and above[-1] not in _GOES_ON
