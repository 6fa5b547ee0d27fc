"""What comes after `set`: how mail arrives, the language, the zone, the hour."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from listserv.domain.language import Language
from listserv.domain.request import (
    Request,
    SetDelivery,
    SetFormat,
    SetHour,
    SetLanguage,
    SetOneTime,
    SetReceipts,
    SetTimeZone,
    Unclear,
)
from listserv.domain.subscription import DeliveryMode, DigestFormat
from listserv.mail import problems
from listserv.mail.commands.spelling import plain_word, word_set
from listserv.mail.commands.words import FILLING

_LANGUAGES: Mapping[str, Language] = {
    **dict.fromkeys(("en", "english", "ingles"), Language.ENGLISH),
    **dict.fromkeys(("es", "spanish", "espanol", "castellano"), Language.SPANISH),
}
_FORMATS: Mapping[str, DigestFormat] = {
    **dict.fromkeys(("reader", "lector"), DigestFormat.READER),
    **dict.fromkeys(("plain", "text", "texto", "simple"), DigestFormat.PLAIN),
    "mime": DigestFormat.MIME,
    **dict.fromkeys(("index", "indice"), DigestFormat.INDEX),
}
_YES = word_set("on yes y true si activar activado 1")
_NO = word_set("off no n false desactivar desactivado none 0")
_DAILY = word_set("digest digests daily day summary resumen resumenes diario diaria dia")
_WEEKLY = word_set("weekly week semanal semana")
_NONE = word_set("none nomail nothing no off ninguno nada sin never nunca")
_EACH = word_set(
    "each every single individual immediate immediately normal cada todo todos inmediato"
)
_AROUND = word_set(
    "delivery mode mail mails email emails post posts message messages correos correo mensaje"
    " mensajes envio entrega once one as at time per only"
)
_DELIVERY = _DAILY | _WEEKLY | _NONE | _EACH | _AROUND | _YES
_VERBS = word_set("set switch change turn poner pon ajustar cambiar cambia configurar")

_LANGUAGE_KEYS = word_set("language lang idioma lengua")
_ZONE_KEYS = word_set("zone timezone zona huso")
_FORMAT_KEYS = word_set("format formato")
_HOUR_KEYS = word_set("hour hora time")
_RECEIPT_KEYS = word_set("receipts receipt copies copy copias copia recibos")
_ONE_TIME_KEYS = word_set("onetime once anonymous anonimo solo")
_HOUR = re.compile(r"(\d{1,2})(?:[:.h]00|[:.]|h)?\s*(am|pm|a\.m\.|p\.m\.|h|o'?clock)?")
_AFTERNOON = 12


def setting_in(words: Iterable[str]) -> Request:
    """The change that the words ask for; Unclear when there is none in them.

    words: as they were typed, the verb among them or not.
    """
    typed = [word for word in words if plain_word(word) not in _VERBS]
    plain = [plain_word(word) for word in typed]
    heavy = [word for word in plain if word not in FILLING]
    if not _ZONE_KEYS.isdisjoint(heavy):
        return _zone([word for word, key in zip(typed, plain, strict=True) if _names_place(key)])
    if not _LANGUAGE_KEYS.isdisjoint(heavy) or (heavy and set(heavy) <= set(_LANGUAGES)):
        return _language([word for word in plain if word not in _LANGUAGE_KEYS])
    if not _RECEIPT_KEYS.isdisjoint(heavy):
        return _switch(SetReceipts, plain)
    if "onetime" in heavy or heavy[:2] == ["one", "time"] or heavy[:2] == ["solo", "uso"]:
        return _switch(SetOneTime, plain)
    if not _FORMAT_KEYS.isdisjoint(heavy):
        return _format(plain)
    if not _HOUR_KEYS.isdisjoint(heavy):
        return _hour(typed)
    return _delivery(plain)


def _delivery(plain: list[str]) -> Request:
    heavy = {word for word in plain if word not in FILLING}
    if not heavy or not heavy <= _DELIVERY:
        return Unclear(problems.NO_SETTING)
    digest, off = heavy & (_DAILY | _WEEKLY), heavy & _NONE
    if digest and off:
        return SetDelivery(DeliveryMode.EACH)
    for words, mode in (
        (_WEEKLY, DeliveryMode.WEEKLY),
        (_DAILY, DeliveryMode.DAILY),
        (_NONE, DeliveryMode.NONE),
        (_EACH, DeliveryMode.EACH),
    ):
        if heavy & words:
            return SetDelivery(mode)
    return Unclear(problems.NO_SETTING)


def _language(plain: list[str]) -> Request:
    found = [_LANGUAGES[word] for word in plain if word in _LANGUAGES]
    return SetLanguage(found[0]) if found else Unclear(problems.NO_LANGUAGE)


def _format(plain: list[str]) -> Request:
    found = [_FORMATS[word] for word in plain if word in _FORMATS]
    return SetFormat(found[0]) if found else Unclear(problems.NO_FORMAT)


def _switch(kind: type[SetReceipts] | type[SetOneTime], plain: list[str]) -> Request:
    said = {word in _YES for word in plain if word in _YES | _NO}
    return kind(said.pop()) if len(said) == 1 else Unclear(problems.NO_SWITCH)


def _hour(typed: list[str]) -> Request:
    """On the clock of 24 hours or of twelve."""
    text = " ".join(word for word in typed if plain_word(word) not in FILLING | _HOUR_KEYS)
    match = _HOUR.fullmatch(text.casefold().replace("at ", "").strip(" ."))
    if not match:
        return Unclear(problems.NO_HOUR)
    hour, half = int(match.group(1)), (match.group(2) or "")[:1]
    if half in ("a", "p") and 1 <= hour <= _AFTERNOON:
        hour = hour % _AFTERNOON + (_AFTERNOON if half == "p" else 0)
    return SetHour(hour) if hour <= 23 else Unclear(problems.NO_HOUR)


def _names_place(key: str) -> bool:
    return key not in _ZONE_KEYS | {"time", "horaria", "to", "a", "en", "in", "is"}


def _zone(typed: list[str]) -> Request:
    found = _zones().get(_place(" ".join(typed)))
    return SetTimeZone(found) if found else Unclear(problems.NO_ZONE)


@cache
def _zones() -> Mapping[str, str]:
    """Each zone of the IANA database by its name and, where only one has it, by its city."""
    names = resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    cities: dict[str, list[str]] = {}
    for name in names:
        cities.setdefault(_place(name.rpartition("/")[2]), []).append(name)
    alone = {city: name for city, (name, *others) in cities.items() if not others}
    return {**alone, **{_place(name): name for name in names}}


def _place(text: str) -> str:
    return "".join(plain_word(word) for word in re.split(r"[\s/_-]+", text))
