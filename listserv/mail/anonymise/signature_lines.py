"""What a line looks like: a label in a signature, or a sentence of the author's."""

import re

from listserv.mail.anonymise.addresses import has_address
from listserv.mail.anonymise.farewells import ENDED, ENDINGS, LONG_SIGN_OFFS, SIGN_OFFS
from listserv.mail.anonymise.letters import has_any, lowered
from listserv.mail.anonymise.phones import NUMBER, has_number, is_helpline, is_number
from listserv.mail.anonymise.signers import looks_like_name
from listserv.mail.anonymise.small_print import is_small_print

LONGEST_LINE = 90
_LONGEST = 4000
CONTACT = re.compile(
    r"(?<!\w)(?:tel(?!l)|phone|mobile?|mob|cell(?!ar)|fax|fon(?!d)|telefon|handy|móvil|teléfono|tél|portable"
    r"|cellulare|telefono|telemóvel|mobiel|telefoon|puh|тел|моб|電話|携帯|电话|手机|전화|휴대폰"
    r"|gsm|komórka|hotline(?=\W{0,4}\d)|telp|điện thoại|đt:|τηλ|κιν\.|κινητό|هاتف|جوال|موبايل"
    r"|تلفن|נייד|טלפון|טל['׳]|โทร|फ़ोन|फोन|मोबाइल|〒"
    r"|www\.|https?:|skype|linkedin|twitter|instagram|facebook|mastodon|signal:|telegram|whatsapp)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"(?<!\w)(?:gmbh|ltd|llc|inc|corp|s\.?a\.?r\.?l|s\.?r\.?l|b\.v|ag|holding|manager|director"
    r"|engineer|consultant|professor|teacher|nurse|coach|university|universität|department"
    r"|abteilung|street|straße|strasse|str\.|avenue|road|platz|calle|rue|via|gatan|katu|ulica|ul\."
    r"|株式会社|有限会社|営業部|总经理|经理|有限公司|주식회사|과장|대표|شركة|مدير|בע\"מ|บริษัท"
    r"|s\.r\.o|sp\. z o\.o|a\.ş|kft|ооо|тов|з\.?а\.?о|srl|sa de cv|s\.a\.u?|s\.l\.u?|oyj?|a/s"
    r"|plc|pty|pvt|phd|squadron|she/her|he/him|they/them|she/they|he/they|sie/ihr|er/ihm|ella|elle/she)(?!\w)",
    re.IGNORECASE,
)
ITEM = re.compile(r"\s{0,8}(?:[-*•·]|\d{1,2}[.)])\s")
_POSTSCRIPT = re.compile(r"\s{0,4}p\.?\s?p?\.?s\.?[\s:.)]", re.IGNORECASE)
# A sentence that goes on under a word of thanks: "Thanks / to the nurse".
_GOES_ON = re.compile(
    r"(?:to|for|from|who|that|because|but|of|in|at|you|i|we|a|para|por|con|que|und|für|an|mit|dass"
    r"|et|pour|avec|à|que|qui)\s\w"
)


# "M.Sc.", "Ph.D."
_DEGREE = re.compile(r"[^\W\d_]\.\s?[^\W\d_]{1,4}\.\s*\Z")
_KEY = re.compile(
    r"(?:pgp|gpg|fingerprint|key ?id)\W{1,3}(?:[\w ]{1,20}:\s?)?(?:0x)?(?:[0-9A-F]{4}\s{0,2}){2}",
    re.I,
)
_ACCOUNT = re.compile(
    r"(?<![\w@])@\w[\w.]{1,40}|(?<!\w)(?:fb|ig|facebook|insta\w{0,4}):?\s/\w{2,40}", re.I
)
_WEB = re.compile(
    r"https?://\S+|[\w.+-]{1,64}+@[\w.-]{1,100}|(?<![\w@])@\w[\w.]{1,40}|(?<!\S)/\w{2,40}"
    r"|(?<![\w.])(?:[\w-]{1,60}+\.){1,4}[a-z]{2,12}(?:/\S*)?(?!\w)",
    re.IGNORECASE,
)
# A cheap look that spares most sentences the long one.
_MAY_REACH = re.compile(r"[\d@/]|\.[a-z]", re.IGNORECASE)
_LABELS = re.compile(rf"{CONTACT.pattern}|[^\W\d_]{{1,12}}\s?:|(?<!\w)[^\W\d_]{{1,2}}(?!\w)", re.I)
_LETTERS = re.compile(r"[^\W_]")
_DIGIT = re.compile(r"\d")
_MOST_OF_ROLE = 2  # words, where no company or place stands behind them
_GOING_ON = ("and ", "or ", "but ", "und ", "oder ", "y ", "et ", "e ", "en ")
# Behind "Mobile" or "Facebook", where that is more than what somebody tells of.
_NUMBERED = re.compile(r"[\d@/]|www\.", re.IGNORECASE)
# Behind a name that signs: ", nurse at Acme", " | Sheffield"; but not ", I am tired".
_LABEL = re.compile(r"\s?(?:[,|/·•]|\s[-–—])\s?[^\W\d_][^.!?…:]{1,60}")
_SPEAKS = re.compile(
    r"(?<!\w)(?:I|[Ww]e|me|my|us|our|you|your|[Tt]hanks?|who|ich|wir|mein\w{0,2}|danke|yo|mi|gracias"
    r"|je|mon|merci)(?!\w)"
)


def is_sign_off(text: str) -> bool:
    """Whether the line is nothing but a farewell."""
    if len(text) > LONGEST_LINE:
        return False
    words = lowered(text)
    may_be_long = words.rstrip().endswith((",", "!", "，"))
    return bool(
        SIGN_OFFS.fullmatch(words)
        or (may_be_long and LONG_SIGN_OFFS.fullmatch(words))
        or (" " in words and has_any(words, ENDINGS) and ENDED.fullmatch(words))
    )


def is_postscript(text: str) -> bool:
    """Whether the line begins with "PS"."""
    return bool(_POSTSCRIPT.match(text))


def labels(text: str) -> bool:
    return len(text) <= _LONGEST and (has_address(text) or is_small_print(text))


def is_card(texts: list[str]) -> bool:
    """Somebody's name with a number to reach them."""
    below = (text[:_LONGEST] for text in texts[1:])
    reached = any(has_number(text) or CONTACT.search(text) or reaches(text) for text in below)
    return reached and looks_like_name(texts[0])


def is_contact(text: str) -> bool:
    """Whether the line is a number with a word before it, or the like."""
    return is_number(text) or reaches(text)


def tells_key(text: str) -> bool:
    """Whether it is the fingerprint of somebody's key."""
    return bool(_KEY.search(text))


def reaches(text: str) -> bool:
    """Whether the line is nothing but ways to reach or know somebody: numbers, accounts, keys."""
    if len(text) > _LONGEST:
        return False
    if tells_key(text):
        return True
    if not _MAY_REACH.search(text):
        return False
    rest = _WEB.sub("", NUMBER.sub("", text))
    return rest != text and not _LETTERS.search(_LABELS.sub("", rest))


def tells_account(text: str) -> bool:
    """Whether an account elsewhere stands in such a line."""
    return bool(_ACCOUNT.search(text))


def talks(text: str) -> bool:
    """A postscript, a list item or a sentence, but for the small print of companies."""
    if _POSTSCRIPT.match(text) or ITEM.match(text) or _GOES_ON.match(text):
        return True
    words = len(text[:_LONGEST].split())
    ends = text.rstrip().endswith((".", "!", "?", "…", ":", ",")) and not _DEGREE.search(text)
    sentence = words >= 4 and ends
    return (sentence or words > 14) and not is_number(text) and not is_small_print(text)


def is_behind_name(text: str) -> bool:
    """Whether it says what somebody is, behind their name that signs."""
    return bool(_LABEL.fullmatch(text)) and not _SPEAKS.search(text)


def labels_somebody(text: str) -> bool:
    """ "nurse at Acme" or a number below a name; but no helpline, whose number is short or free."""
    if _DIGIT.search(text) and (not has_number(text) or is_helpline(text)):
        return has_address(text)
    if tells(text):
        return True
    small = text[:1].islower() and not text.startswith(_GOING_ON)
    return small and (len(text.split()) <= _MOST_OF_ROLE or any(map(str.isupper, text)))


def reaches_somebody(text: str) -> bool:
    """Whether a way to reach somebody stands in the line, and no helpline."""
    named = CONTACT.search(text) and _NUMBERED.search(text)
    return bool(named or has_number(text)) and not is_helpline(text)


def tells(text: str) -> bool:
    return bool(
        has_number(text)
        or CONTACT.search(text)
        or _ROLE.search(text)
        or has_address(text)
        or is_small_print(text)
    )
