"""Street addresses in a sentence: where somebody lives, or could be found."""

import re

from listserv.mail.anonymise.letters import may_have_digits

_NAME = r"[^\W\d_][\w'’.-]{1,30}"
_CAPITAL = r"[^\W\d_a-zß-ÿа-яё]"
_NUMBER = r"\d{1,4}\s?[a-zA-Z]?(?!\w|[.:,]\d|\s?%|\s(?:am|pm|uhr|Uhr|km|min|h)\b)"
_STREET = re.compile(
    # 12 Mill Road
    rf"(?<![\w.:,/])(?!(?:19|20)\d\d\b)\d{{1,5}}[a-zA-Z]?,?\s(?:{_CAPITAL}[\w'’.-]{{1,30}}\s){{1,4}}"
    r"(?:Street|St\b|Road|Rd\b|Avenue|Ave\b|Lane|Ln\b|Drive|Dr\b|Court|Close|Crescent|Terrace"
    r"|Boulevard|Blvd|Way|Place|Square|Gardens|Grove|Mews|Row)(?!\w)"
    # Hauptstraße 5, Kerkstraat 5, Storgatan 5, Bygade 5
    rf"|(?<!\w){_CAPITAL}[\w-]{{1,30}}(?:straße|strasse|str\.|gasse|allee|damm|ufer|weg|platz|straat"
    rf"|laan|gracht|kade|plein|gatan|vägen|gata|veien|gade|katu|tie)\s{_NUMBER}"
    rf"|(?<!\w){_CAPITAL}[\w-]{{1,30}}\s(?:Straße|Weg|Allee|Platz|Street)\s{_NUMBER}"
    # Calle Mayor 5, Via Roma 5, Rua Augusta 5, ul. Długa 5, ул. Ленина, д. 5
    r"|(?<!\w)(?i:calle|c/|avenida|avda\.?|paseo|carrer|via|viale|corso|vicolo|rua|travessa"
    r"|ul\.|ulica|улица|ул\.|вулиця|вул\.)\s?(?:d(?:e|i|a|o|el|ella|os|as)\s(?:l[aoe]s?\s)?)?"
    rf"{_CAPITAL}[\w'’.-]{{1,30}}(?:\s{_NAME}){{0,3}},?\s(?:n[.ºo°]{{0,2}}\s?|д\.\s?)?{_NUMBER}"
    # 5, rue de la Paix
    r"|(?<![\w.:])\d{1,4}(?:\s?(?:bis|ter))?,?\s(?i:rue|avenue|boulevard|chemin|impasse|quai)"
    rf"\s(?:d(?:e|u|es)\s(?:la\s)?|d['’]|de\sl['’])?{_NAME}",
)
# A number that is no part of a link.
_HINT = re.compile(r"\d(?<![\w/=?&.-]\d)")
_WORDS = (
    "street", " st", "road", " rd", "ave", "lane", " ln", "drive", " dr", "court", "close",
    "crescent", "terrace", "boul", "blvd", " way", "place", "square", "gardens", "grove", "mews",
    " row", "str", "gasse", "allee", "damm", "ufer", "weg", "platz", "laan", "gracht", "kade",
    "plein", "gatan", "vägen", "gata", "veien", "gade", "katu", "tie", "calle", "c/", "avda",
    "paseo", "carrer", "via", "corso", "vicolo", "rua", "travessa", "ul.", "ulica", "ул", "вул",
    "rue", "chemin", "impasse", "quai",
)  # fmt: skip


def may_have_street(text: str) -> bool:
    """A cheap look at a line or a whole text: whether a number stands there by itself."""
    return may_have_digits(text) and bool(_HINT.search(text))


def has_street(text: str) -> bool:
    """Whether a street with a house number stands in the line."""
    if len(text) > _LONGEST or not may_have_street(text):
        return False
    words = text.lower()
    return any(word in words for word in _WORDS) and bool(_STREET.search(text))


_LONGEST = 4000
