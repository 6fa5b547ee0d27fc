"""What to say of a command that was understood by half, in English and in Spanish."""

from collections.abc import Mapping

from listserv.domain.language import Language

NO_DAY = "We could not read until when. Write for example: pause 14 days"
BAD_START = "A break begins at once. Write only until when, such as: pause 14 days"
PAST = "That day is not still to come. Write for example: pause 14 days"
TOO_LONG = "A break can last a year at most. Write for example: pause 3 months"
NO_SETTING = "We do not know that setting. Write for example: set digest, or: set each"
NO_LANGUAGE = "We speak English and Spanish. Write: set language en, or: set language es"
NO_FORMAT = "A digest comes as reader, plain, mime or index. Write for example: set format plain"
NO_ZONE = "We do not know that time zone. Write for example: set zone Europe/Madrid"
NO_HOUR = "The hour is a number from 0 to 23. Write for example: set hour 8"
NO_SWITCH = "We could not read yes or no there. Write for example: set receipts on"
NO_NAME = "Write the name that you would like, such as: name Quiet Otter. Or write: name new"
OWN_NAME = (
    "Everyone in the group will see that name, and it is part of your own name or address. "
    "Answer only if you want that."
)
NO_TOKEN = "To say yes to a question from us, reply to the mail that asked it."  # noqa: S105  # words, not a secret
NO_ANSWER = (
    "We could not read whether that was a yes. "
    "If it was, reply to our mail before this one with one word: yes"
)
ANSWERED = "You have answered that question already. Nothing more has happened since."
TOO_OLD = "That question is too old, or it is none of ours. Please ask for it once more."
TOO_OLD_TO_UNDO = "That mail is too old to bring you back. To join again, reply with: join"
DELETE = "To leave the group, write: leave. To have us forget all about you, write: forget me"
FORGET = "To have us forget all about you, write exactly: forget me"

_IN_SPANISH: Mapping[str, str] = {
    NO_DAY: "No hemos podido leer hasta cuándo. Escribe por ejemplo: pausa 14 días",
    BAD_START: "La pausa empieza ya. Escribe solo hasta cuándo, por ejemplo: pausa 14 días",
    PAST: "Ese día ya no está por llegar. Escribe por ejemplo: pausa 14 días",
    TOO_LONG: "Una pausa dura como mucho un año. Escribe por ejemplo: pausa 3 meses",
    NO_SETTING: "No conocemos ese ajuste. Escribe por ejemplo: resumen diario, o: cada mensaje",
    NO_LANGUAGE: "Hablamos inglés y español. Escribe: idioma español, o: idioma inglés",
    NO_FORMAT: "Un resumen llega como lector, texto, mime o índice. Escribe: formato texto",
    NO_ZONE: "No conocemos esa zona horaria. Escribe por ejemplo: zona Europe/Madrid",
    NO_HOUR: "La hora es un número de 0 a 23. Escribe por ejemplo: hora 8",
    NO_SWITCH: "No hemos podido leer sí o no. Escribe por ejemplo: copias sí",
    NO_NAME: "Escribe el nombre que quieres, como: nombre Nutria Serena. O escribe: nombre nuevo",
    OWN_NAME: (
        "Todo el grupo verá ese nombre, y es parte de tu propio nombre o dirección. "
        "Responde solo si lo quieres así."
    ),
    NO_TOKEN: "Para decir sí a una pregunta nuestra, responde al correo que la hizo.",
    NO_ANSWER: (
        "No hemos podido leer si era un sí. "
        "Si lo era, responde a nuestro correo anterior con una palabra: sí"
    ),
    ANSWERED: "Ya has respondido a esa pregunta. Desde entonces no ha pasado nada más.",
    TOO_OLD: "Esa pregunta es vieja, o no es nuestra. Por favor, pide lo mismo otra vez.",
    TOO_OLD_TO_UNDO: "Ese correo es viejo y ya no te trae de vuelta. Para entrar, responde: alta",
    DELETE: "Para salir del grupo, escribe: baja. Para que te olvidemos, escribe: olvídame",
    FORGET: "Para que olvidemos todo sobre ti, escribe solo: olvídame",
    # What services refuse with, in words for a member.
    "No free handle was found. Choose one by hand.": "No queda ningún nombre libre. Elige uno.",
    "A handle has 2 to 40 letters.": "Un nombre tiene de 2 a 40 letras.",
    "A handle is made of letters, digits, spaces, hyphens and apostrophes.": (
        "Un nombre se escribe con letras, cifras, espacios, guiones y apóstrofos."
    ),
    "A handle is written in one alphabet.": "Un nombre se escribe en un solo alfabeto.",
    "That handle could be taken for a moderator. Choose another.": (
        "Ese nombre parece de alguien que modera el grupo. Elige otro."
    ),
    "That name, or one that looks like it, is or was in use in this group.": (
        "Ese nombre, o uno muy parecido, ya es o fue de alguien en este grupo."
    ),
    "A moderator has not looked at your request yet. You will get a mail.": (
        "Nadie que modera ha visto aún tu petición. Te llegará un correo."
    ),
    "That person is not in the group.": "Esa persona no está en el grupo.",
    "The hour is a number from 0 to 23.": "La hora es un número de 0 a 23.",
    "A pause ends on a day that is still to come, within a year.": (
        "Una pausa termina un día que está por llegar, antes de un año."
    ),
    "This group takes new members by invitation only.": (
        "A este grupo se entra solo por invitación."
    ),
    "This question is of a newer version. Please ask again.": (
        "No hemos podido leer esa pregunta. Por favor, pide lo mismo otra vez."
    ),
}


def in_language(problem: str, language: Language) -> str:
    """The words of a problem in that language; those that we do not know stay as they are."""
    return _IN_SPANISH.get(problem, problem) if language is Language.SPANISH else problem
