"""Reasons to turn a post down that are ready to use: kind, and in every language."""

from collections.abc import Mapping

from listserv.domain.language import Language

_EN, _ES = Language.ENGLISH, Language.SPANISH

CANNED: Mapping[str, Mapping[Language, str]] = {
    "names": {
        _EN: "Your message names somebody, or says where to find them. "
        "Please leave that out and send it again.",
        _ES: "Tu mensaje nombra a alguien, o dice dónde encontrarle. "
        "Quítalo y envíalo otra vez, por favor.",
    },
    "yourself": {
        _EN: "Your message says who you are. If you want to stay unknown here, "
        "take that out and send it again.",
        _ES: "Tu mensaje dice quién eres. Si quieres que aquí no se sepa, "
        "quítalo y envíalo otra vez.",
    },
    "tone": {
        _EN: "Some words in your message may hurt somebody who is having a hard time. "
        "Please say it more gently and send it again.",
        _ES: "Algunas palabras pueden hacer daño a quien lo está pasando mal. "
        "Dilo con más suavidad y envíalo otra vez, por favor.",
    },
    "advice": {
        _EN: "Here we share what helped us, and give no medical advice. "
        "Please write it as your own story.",
        _ES: "Aquí contamos lo que nos ayudó, y no damos consejo médico. "
        "Escríbelo como tu propia historia, por favor.",
    },
    "topic": {
        _EN: "Your message is about something else than this group. "
        "Another place may suit it better.",
        _ES: "Tu mensaje trata de otra cosa que este grupo. Quizá otro lugar le venga mejor.",
    },
    "advert": {
        _EN: "This group does not send adverts or appeals for money.",
        _ES: "Este grupo no envía publicidad ni peticiones de dinero.",
    },
    "crisis": {
        _EN: "We read your message and we are glad that you wrote. "
        "We want you to have help sooner than a group can give it. "
        "Please call your local help line or somebody near you now.",
        _ES: "Hemos leído tu mensaje y nos alegra que hayas escrito. "
        "Queremos que tengas ayuda antes de lo que un grupo puede darla. "
        "Llama ahora a tu línea de ayuda o a alguien cercano, por favor.",
    },
}


def is_canned(reason: str) -> bool:
    """Whether it is the word of a canned reason."""
    return _word(reason) in CANNED


def reason_in_words(reason: str, language: Language) -> str:
    """A canned reason by its word, in the author's language; else the moderator's own words."""
    found = CANNED.get(_word(reason))
    return found[language] if found else reason.strip()


def _word(reason: str) -> str:
    return reason.strip().strip(".").lower()
