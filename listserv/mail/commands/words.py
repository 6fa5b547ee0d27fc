"""The words that people use for a command: several for each, in two languages."""

from collections.abc import Mapping
from enum import Enum, auto

from listserv.domain.language import Language
from listserv.mail.commands.spelling import plain_words, word_set


class Verb(Enum):
    """What a command does."""

    JOIN = auto()
    LEAVE = auto()
    HELP = auto()
    WHICH = auto()
    PAUSE = auto()
    RESUME = auto()
    NAME = auto()
    DATA = auto()
    ROSTER = auto()
    CONFIRM = auto()
    SET = auto()
    STOP = auto()
    DELETE = auto()


# Several words stand together after the filling ones between them are left out: "my data" is
# "data", and "take me off" is "take off".
_ENGLISH: Mapping[Verb, str] = {
    Verb.JOIN: "join, subscribe, sign up, signup, register, join in",
    Verb.LEAVE: (
        "leave, unsubscribe, unsub, signoff, sign off, remove, take off, get off, opt out, optout,"
        " quit, end subscription, cancel subscription, end membership, cancel membership, sign out,"
        " leaving, am leaving, remove name, remove address, stop sending, stop sending mail,"
        " stop sending mails, stop sending email, stop sending emails, stop emails, no more mail,"
        " no more mails, no more email, no more emails"
    ),
    Verb.HELP: "help, info, information, commands, how does it work",
    Verb.WHICH: (
        "which, status, settings, which groups, groups, subscriptions, show settings, what groups,"
        " what groups am in, which groups am in"
    ),
    Verb.PAUSE: (
        "pause, vacation, holiday, take break, break, hold, hold mail, until, no mail until"
    ),
    Verb.RESUME: (
        "resume, unpause, continue, restart, start again, end pause, back again, turn mail back"
    ),
    Verb.NAME: (
        "name, handle, nickname, alias, handel, hanlde, change name, change handle,"
        " set name, set handle, new name, new handle"
    ),
    Verb.DATA: "data, export, send data, copy data, export data, show data, download data",
    Verb.ROSTER: "who, review, roster, members, member, subscribers, who is in, list members",
    Verb.CONFIRM: "confirm",
    Verb.SET: (
        "set, switch, change, turn, digest, digests, daily, weekly, nomail, each, no mail,"
        " language, timezone, time zone, zone, receipts, format, onetime, one time,"
        " english, spanish, once day, once week, one mail day, one mail week,"
        " every post, every message, every mail"
    ),
    Verb.STOP: "stop, stop mail, stop mails",
    Verb.DELETE: "delete, erase, delete account, delete data, erase data, remove data, forget",
}
_SPANISH: Mapping[Verb, str] = {
    Verb.JOIN: (
        "alta, darme alta, dame alta, darse alta, dar alta, unirme, suscribir, suscribirme,"
        " suscripcion, inscripcion, apuntarme, apuntame, inscribirme, inscribir, entrar, unir"
    ),
    Verb.LEAVE: (
        "baja, darme baja, dame baja, darse baja, dar baja, salir, salirme, dejar, desuscribir,"
        " desuscribirme, cancelar suscripcion, anular suscripcion, quitarme, quitame, sacame,"
        " abandonar, no recibir mas correos, no mas correos"
    ),
    Verb.HELP: "ayuda, ayudame, informacion, instrucciones, comandos, como funciona",
    Verb.WHICH: "cuales, que grupos, grupos, estado, ajustes, ver ajustes, suscripciones",
    Verb.PAUSE: "pausa, pausar, descanso, vacaciones, hacer pausa, hasta, sin correo hasta",
    Verb.RESUME: (
        "reanudar, reanuda, continuar, seguir, terminar pausa, quitar pausa, fin pausa,"
        " reanudar correo, reanudar correos, recibir correos otra vez"
    ),
    Verb.NAME: (
        "nombre, apodo, seudonimo, cambiar nombre, cambia nombre, nuevo nombre, poner nombre"
    ),
    Verb.DATA: "datos, exportar, enviar datos, enviame datos, ver datos, copia datos",
    Verb.ROSTER: "quien, quienes, miembros, integrantes, participantes, quien esta, lista miembros",
    Verb.CONFIRM: "confirmar, confirmo",
    Verb.SET: (
        "poner, pon, ajustar, cambiar, cambia, configurar, resumen, resumenes, diario, semanal,"
        " cada mensaje, sin correo, sin correos, idioma, zona, zona horaria, hora, copias, formato,"
        " solo uso, espanol, ingles, correo dia, correo semana"
    ),
    Verb.STOP: "parar, basta, alto",
    Verb.DELETE: "borrar, borrarme, borrame, eliminar, eliminame, borrar datos, borrar cuenta",
}

# Said around a command, and no part of it.
FILLING = word_set("""
    please pleas plaese pelase pls plz hi hello hey dear all everyone thanks thank you kind kindly
    regards i we id im ive me us would like want wish need can could may will let just now today
    to the a an of for from this that these those any my our your on with and also
    group list lists mailing mailinglist team moderator moderators friends
    por favor hola buenas buenos dias tardes noches gracias querido querida estimados
    yo me nos quiero quisiera querria gustaria deseo necesito puedo pueden podeis podria podrian
    de del para la el los las lo este esta esa ese mi mis un una al a en y que se
    grupo lista listas
    """)
# They begin many a sentence, so they count only where all of it can be read.
WEAK = word_set("until hasta break hold change cambiar cambia switch turn hora each")
# After these a name is that of the group: "unsubscribe evenings".
SURE = word_set("subscribe unsubscribe unsub signoff alta baja suscribir desuscribir")
LIST_WORDS = frozenset({"list", "lists", "lista", "listas"})

# Only these are guessed from a typing error: what they do is asked about, or can be undone.
GUESSED = word_set("""
    join subscribe leave unsubscribe help information pause resume which digest settings status
    weekly unirme suscribirme apuntarme baja salir ayuda informacion pausa pausar reanudar
    desuscribirme ajustes resumen semanal
    """)


def _phrases() -> dict[tuple[str, ...], tuple[Verb, Language]]:
    tables = ((Language.ENGLISH, _ENGLISH), (Language.SPANISH, _SPANISH))
    return {
        tuple(plain_words(phrase)): (verb, language)
        for language, table in tables
        for verb, phrases in table.items()
        for phrase in phrases.split(",")
    }


PHRASES: Mapping[tuple[str, ...], tuple[Verb, Language]] = _phrases()
LONGEST_PHRASE = max(map(len, PHRASES))

# Never guessed and never shortened: these words, and nothing else in the line.
FORGET: Mapping[tuple[str, ...], tuple[bool, Language]] = {
    ("forget", "me"): (False, Language.ENGLISH),
    ("forget", "me", "and", "my", "posts"): (True, Language.ENGLISH),
    ("olvidame",): (False, Language.SPANISH),
    ("olvidame", "y", "mis", "mensajes"): (True, Language.SPANISH),
    ("olvidame", "y", "olvida", "mis", "mensajes"): (True, Language.SPANISH),
}
POLITE = word_set("please pls hi hello thanks thank you por favor hola gracias")
