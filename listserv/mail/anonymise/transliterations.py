"""A name as it is written in another alphabet: "Пётр" signs as "Petr" elsewhere."""

import re
import unicodedata

_OTHER = re.compile("[\u0370-\u03ff\u0400-\u04ff]")
_LATIN = re.compile("[a-zA-Z]")
_CYRILLIC = (
    "аa бb вv гg ґg дd еe ёe єie жzh зz иi іi їi йi кk лl мm нn оo пp рr сs тt уu фf хkh цts чch "
    "шsh щshch ъ ыy ь эe юiu яia ђdj јj љlj њnj ћc џdz"
)
# The same where passports and habits differ; what is missing is as above.
_HABITS = ("", "йy хh юyu яya ёyo єye їyi щsch", "йj хch юju яja ёjo їji єje жz цc чc шs")
_GREEK = (
    "αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo",
    "ηe φph χh υi βb",
)
_PAIRS = (
    ("γγ", "ng"),
    ("γκ", "g"),
    ("ου", "u"),
    ("ντ", "d"),
    ("μπ", "b"),
    ("αυ", "av"),
    ("ευ", "ev"),
)
# The same letter by letter, as others write them.
_PAIRS_APART = (
    ("γγ", "gg"), ("γκ", "gk"), ("ου", "ou"), ("ντ", "nt"), ("μπ", "mp"), ("αυ", "au"),
    ("ευ", "eu"),
)  # fmt: skip
_GREEK_LETTER = re.compile("[\u0370-\u03ff]")
_MARKED = tuple(map(ord, "йёї"))
# From Latin letters to Cyrillic ones, longest first.
_TO_CYRILLIC = (
    ("shch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yu", "ю"),
    ("ya", "я"), ("yo", "ё"), ("ck", "к"), ("ph", "ф"), ("th", "т"), ("x", "кс"), ("qu", "кв"),
    *zip("abvgdezijklmnoprstufhcyw", "абвгдезийклмнопрстуфхкив", strict=True), ("q", "к"),
)  # fmt: skip


def transliterated(name: str, cyrillic: bool) -> set[str]:
    """The name in Latin letters, when it has none; in Cyrillic ones, where a text is written so."""
    lower = unicodedata.normalize("NFC", name.lower())
    if _OTHER.search(lower):
        ways = (_PAIRS, _PAIRS_APART) if _GREEK_LETTER.search(lower) else (_PAIRS,)
        return {_by(lower, table, pairs) for table in _tables() for pairs in ways} - {lower}
    if not cyrillic or not _LATIN.search(lower) or not lower.isascii():
        return set()
    for latin, letter in _TO_CYRILLIC:
        lower = lower.replace(latin, letter)
    return {lower, lower[:-1] + "й"} if lower.endswith("и") else {lower}


def is_cyrillic(text: str) -> bool:
    """Whether some word of the text is."""
    return not text.isascii() and bool(re.search("[\u0430-\u044f]{3}", text))


def _tables() -> list[dict[int, str]]:
    base = _table(f"{_CYRILLIC} {_GREEK[0]}")
    return [base | _table(habit) for habit in (*_HABITS, _GREEK[1])]


def _table(pairs: str) -> dict[int, str]:
    return {ord(pair[0]): pair[1:] for pair in pairs.split()}


def _by(name: str, table: dict[int, str], pairs: tuple[tuple[str, str], ...]) -> str:
    """First the letters that have marks of their own, then all the rest without any."""
    marked = unicodedata.normalize("NFD", name.translate({k: table[k] for k in _MARKED}))
    plain = "".join(char for char in marked if not unicodedata.combining(char))
    for letters, latin in pairs:
        plain = plain.replace(letters, latin)
    return plain.translate(table)
