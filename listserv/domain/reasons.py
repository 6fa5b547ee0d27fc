"""Why a post waits, comes back or is dropped: one table of words, in every language.

The database keeps the code and its detail; the words are found when somebody
reads them, in that reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from listserv.domain.decision import Reason
from listserv.domain.doubt import Doubt
from listserv.domain.language import Language

_EN, _ES = Language.ENGLISH, Language.SPANISH


@dataclass(frozen=True)
class _Words:
    """moderator: "" where both read the same. {detail} is a number or a date."""

    author: str
    moderator: str = ""


_TABLE: Mapping[str, Mapping[Language, _Words]] = {
    "loop": {
        _EN: _Words("This message has already been through the group."),
        _ES: _Words("Este mensaje ya pasó por el grupo."),
    },
    "automatic": {
        _EN: _Words("Automatic mail is not passed on to the group."),
        _ES: _Words("El correo automático no se envía al grupo."),
    },
    "duplicate": {
        _EN: _Words("This message has been posted already."),
        _ES: _Words("Este mensaje ya se envió al grupo."),
    },
    "stranger": {
        _EN: _Words(
            "This group takes mail from its members only. "
            "If you are a member, write from the address that you joined with.",
            "The writer is not a member of the group.",
        ),
        _ES: _Words(
            "Este grupo solo acepta correo de sus miembros. "
            "Si eres miembro, escribe desde la dirección con la que entraste.",
            "Quien escribe no es miembro del grupo.",
        ),
    },
    "unproven": {
        _EN: _Words("Nothing proves that this message comes from its sender."),
        _ES: _Words("Nada prueba que este mensaje sea de quien dice ser."),
    },
    "empty": {
        _EN: _Words("Nothing was left to read in your message. Please write some words."),
        _ES: _Words("En tu mensaje no quedó nada que leer. Escribe unas palabras, por favor."),
    },
    "muted": {
        _EN: _Words(
            "You can write to the group again on {detail}. Until then you can read along.",
            "This member may not post until {detail}.",
        ),
        _ES: _Words(
            "Podrás escribir al grupo otra vez el {detail}. Hasta entonces puedes leer.",
            "Esta persona no puede escribir hasta el {detail}.",
        ),
    },
    "emergency": {
        _EN: _Words("A moderator reads every message just now."),
        _ES: _Words("Ahora mismo una persona que modera lee todos los mensajes."),
    },
    "member": {
        _EN: _Words(
            "A moderator reads your messages before they go out.",
            "This member's messages wait for a moderator.",
        ),
        _ES: _Words(
            "Una persona que modera lee tus mensajes antes de enviarlos.",
            "Los mensajes de esta persona esperan a quien modera.",
        ),
    },
    "moderated": {
        _EN: _Words("A moderator reads every post before it goes out."),
        _ES: _Words("Una persona que modera lee cada mensaje antes de enviarlo."),
    },
    "first_posts": {
        _EN: _Words("A moderator reads the first posts of each member. Here that is {detail}."),
        _ES: _Words("Una persona que modera lee los primeros mensajes de cada uno: {detail}."),
    },
    "too_large": {
        _EN: _Words("The message is larger than {detail} kilobytes."),
        _ES: _Words("El mensaje ocupa más de {detail} kilobytes."),
    },
    "recipients": {
        _EN: _Words("The message is addressed to more than {detail} people at once."),
        _ES: _Words("El mensaje va dirigido a más de {detail} personas a la vez."),
    },
    "attachment": {
        _EN: _Words("A file with the message is of a kind that this group does not take."),
        _ES: _Words("El mensaje trae un archivo de un tipo que este grupo no acepta."),
    },
    "rate": {
        _EN: _Words(
            "More than {detail} posts came from you within an hour.",
            "More than {detail} posts came from this member within an hour.",
        ),
        _ES: _Words(
            "En una hora llegaron más de {detail} mensajes tuyos.",
            "En una hora llegaron más de {detail} mensajes de esta persona.",
        ),
    },
    "command": {
        _EN: _Words(
            "The message looks like a request to us, such as to join or to leave. "
            "Each mail of the group says below where to send that.",
            "The message looks like a command that was meant for us.",
        ),
        _ES: _Words(
            "El mensaje parece una petición para nosotros, como entrar o salir. "
            "Cada correo del grupo dice al final adónde enviarla.",
            "El mensaje parece una orden que iba dirigida a nosotros.",
        ),
    },
    "suspicious": {
        _EN: _Words("A filter took the message for an advert."),
        _ES: _Words("Un filtro tomó el mensaje por publicidad."),
    },
    "closed": {
        _EN: _Words("This conversation is closed. You are welcome to begin a new one."),
        _ES: _Words("Esta conversación está cerrada. Puedes empezar otra."),
    },
    "not_open": {
        _EN: _Words(
            "The group does not take this message. Those who look after it read what you write "
            "to the address for questions, which stands below each mail of the group."
        ),
        _ES: _Words(
            "El grupo no acepta este mensaje. Quienes lo cuidan leen lo que escribas a la "
            "dirección para preguntas, que está al final de cada correo del grupo."
        ),
    },
    "other": {
        _EN: _Words("A moderator looks at it first."),
        _ES: _Words("Una persona que modera lo mira antes."),
    },
}
_DOUBTS: Mapping[Doubt, Mapping[Language, str]] = {
    Doubt.ADDRESS_LEFT: {
        _EN: "The message has something in it that looks like an email address.",
        _ES: "En el mensaje hay algo que parece una dirección de correo.",
    },
    Doubt.NAME_LEFT: {
        _EN: "A word in the message may be the writer's own name.",
        _ES: "Una palabra del mensaje podría ser el nombre de quien escribe.",
    },
    Doubt.TWO_TEXTS: {
        _EN: "The mail program sent two texts that say different things.",
        _ES: "El programa de correo envió dos textos que no dicen lo mismo.",
    },
    Doubt.AUTOMATIC: {
        _EN: "The subject is one that programs write when somebody is away.",
        _ES: "El asunto es como el que pone un programa cuando alguien está fuera.",
    },
    Doubt.PHONE_KEPT: {
        _EN: "There is a phone number in the message.",
        _ES: "En el mensaje hay un número de teléfono.",
    },
    Doubt.STREET_KEPT: {
        _EN: "There is a street address in the message.",
        _ES: "En el mensaje hay una dirección con calle y número.",
    },
}
_SEEN_BY_ALL = {
    _EN: "Everyone in the group would see it, and mail that went out cannot be called back.",
    _ES: "Lo vería todo el grupo, y un correo que ya salió no se puede recuperar.",
}
DOUBTFUL = "doubtful"
PRIVATE = "private"
OTHER = "other"
# These tell moderators something of the member. Beside a name that is used for one conversation
# only, that would tell whose name it is.
OF_THE_MEMBER = frozenset({"member", "first_posts", "rate", "muted"})
CODES = (*_TABLE, DOUBTFUL, PRIVATE)


def reason(code: str, detail: object = "") -> Reason:
    """The reason, with its words for the author in English, as a reply over SMTP has them."""
    return Reason(code, words(code, _EN, str(detail)), str(detail))


def words(code: str, language: Language, detail: str = "") -> str:
    """For the author. detail: what `Reason.detail` keeps."""
    return _words(code, language, detail).author


def words_for_moderator(code: str, language: Language, detail: str = "") -> str:
    found = _words(code, language, detail)
    return found.moderator or found.author


def _words(code: str, language: Language, detail: str) -> _Words:
    if code in (DOUBTFUL, PRIVATE):
        kinds = [Doubt(name) for name in detail.split() if name in set(Doubt)]
        said = [_DOUBTS[kind][language] for kind in kinds]
        last = _SEEN_BY_ALL if code == PRIVATE else {language: _TABLE["other"][language].author}
        return _Words(" ".join([*said, last[language]]))
    # A code of a newer version has no words here.
    found = _TABLE.get(code, _TABLE["other"])[language]
    return _Words(found.author.format(detail=detail), found.moderator.format(detail=detail))
