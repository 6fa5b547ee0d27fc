"""The lines of the author's own copy: what was taken out, and what to do about files."""

from collections.abc import Iterable

from listserv.domain.language import Language
from listserv.domain.list_settings import AttachmentPolicy
from listserv.domain.redaction import Redaction, RedactionKind
from listserv.mail.summary import sentence

_NOTHING = {
    Language.ENGLISH: "Nothing was taken out of your message. Others see what you see here.",
    Language.SPANISH: "No se quitó nada de tu mensaje. Los demás ven lo que ves aquí.",
}
_WORDS_ONLY = {
    Language.ENGLISH: "This group passes on words only, no files.",
    Language.SPANISH: "A este grupo solo llega el texto, y no los archivos.",
}
_ADVICE: dict[Language, dict[str, str]] = {
    Language.ENGLISH: {
        "document": "Files like these can carry your name inside. You can copy their words into "
        "a mail, or send a picture of the page.",
        "names": "Files like these hold names and addresses. You can write what matters in a mail.",
        "sound": "A voice or a face can be known again, so sound and video are not passed on.",
        "packed": "We cannot look into packed files. You can send pictures or words by themselves.",
        "picture": "A picture could not be read. You can send it again as JPEG or PNG, at most 20 "
        "in one mail.",
        "file": "Only words and pictures can be passed on.",
    },
    Language.SPANISH: {
        "document": "Estos archivos pueden llevar tu nombre dentro. Puedes copiar sus palabras en "
        "un correo, o enviar una foto de la página.",
        "names": "Estos archivos contienen nombres y direcciones. Puedes escribir lo importante "
        "en un correo.",
        "sound": "Una voz o una cara se reconocen, por eso no se reparten sonidos ni vídeos.",
        "packed": "No podemos mirar dentro de archivos comprimidos. Puedes enviar las imágenes o "
        "las palabras solas.",
        "picture": "No se pudo leer una imagen. Puedes enviarla otra vez como JPEG o PNG, como "
        "mucho 20 en un correo.",
        "file": "Solo se pueden repartir palabras e imágenes.",
    },
}
# By the kinds of `listserv.mail.anonymise.kinds`.
_TOPICS = {
    **dict.fromkeys(("PDF", "document", "spreadsheet", "presentation", "web page"), "document"),
    **dict.fromkeys(("calendar file", "contact card", "Outlook file", "mail", "key"), "names"),
    **dict.fromkeys(("sound file", "video"), "sound"),
    "packed file": "packed",
    "picture": "picture",
}


def author_line(
    redactions: Iterable[Redaction],
    attachments: AttachmentPolicy,
    language: Language = Language.ENGLISH,
) -> str:
    """One line. attachments: what the list lets through."""
    found = list(redactions)
    taken_out = sentence(found, language) or _NOTHING[language]
    return " ".join([taken_out, *_advice(found, attachments, language)])


def _advice(
    redactions: list[Redaction], attachments: AttachmentPolicy, language: Language
) -> list[str]:
    """What the author can do instead, each advice once."""
    left_out = [r.detail for r in redactions if r.kind is RedactionKind.ATTACHMENT]
    if left_out and attachments is AttachmentPolicy.NONE:
        return [_WORDS_ONLY[language]]
    topics = dict.fromkeys(_TOPICS.get(kind, "file") for kind in left_out)
    return [_ADVICE[language][topic] for topic in topics]
