"""The words for what is taken out: for one, and for several with their number."""

from typing import TypeAlias

from listserv.domain.language import Language
from listserv.domain.redaction import RedactionKind as Kind

Phrase: TypeAlias = tuple[str, str]

# By kind and detail; "" is for any other detail.
PHRASES: dict[Language, dict[tuple[Kind, str], Phrase]] = {
    Language.ENGLISH: {
        (Kind.SIGNATURE, ""): ("your signature", "{} signatures"),
        (Kind.PHONE_NUMBER, ""): ("a phone number in it", "{} phone numbers there"),
        (Kind.CLIENT_TAGLINE, ""): (
            "a line that your mail program added",
            "{} lines that mail programs added",
        ),
        (Kind.ATTRIBUTION, ""): (
            "the line above a quote that says who wrote it",
            "{} lines that say who wrote a quote",
        ),
        (Kind.FORWARDED_HEADER, ""): (
            "the header of an earlier message",
            "the headers of {} earlier messages",
        ),
        (Kind.EMAIL_ADDRESS, ""): ("1 email address", "{} email addresses"),
        (Kind.OWN_NAME, ""): ("your name", "your name in {} places"),
        (Kind.OTHER_NAME, ""): (
            "a name in an earlier message",
            "names in {} places of earlier messages",
        ),
        (Kind.PERSONAL_LINK, ""): ("1 personal link", "{} personal links"),
        (Kind.LIST_FOOTER, ""): ("the footer of a list copy", "the footers of {} copies"),
        (Kind.LINK_TRACKING, ""): ("tracking in 1 link", "tracking in {} links"),
        (Kind.REMOTE_PICTURE, ""): (
            "1 picture that loads from elsewhere",
            "{} pictures that load from elsewhere",
        ),
        (Kind.HIDDEN_TEXT, ""): ("hidden text", "hidden text in {} places"),
        (Kind.PICTURE_DETAILS, ""): (
            "the details inside 1 picture",
            "the details inside {} pictures",
        ),
        (Kind.PICTURE_DETAILS, "location"): (
            "the location inside 1 picture",
            "the location inside {} pictures",
        ),
        (Kind.CRYPTO_SIGNATURE, ""): ("a digital signature", "{} digital signatures"),
    },
    Language.SPANISH: {
        (Kind.SIGNATURE, ""): ("tu firma", "{} firmas"),
        (Kind.PHONE_NUMBER, ""): ("un teléfono en ella", "{} teléfonos ahí"),
        (Kind.CLIENT_TAGLINE, ""): (
            "una línea que añadió tu programa de correo",
            "{} líneas que añadieron programas de correo",
        ),
        (Kind.ATTRIBUTION, ""): (
            "la línea que dice quién escribió una cita",
            "{} líneas que dicen quién escribió una cita",
        ),
        (Kind.FORWARDED_HEADER, ""): (
            "el encabezado de un mensaje anterior",
            "los encabezados de {} mensajes anteriores",
        ),
        (Kind.EMAIL_ADDRESS, ""): ("1 dirección de correo", "{} direcciones de correo"),
        (Kind.OWN_NAME, ""): ("tu nombre", "tu nombre en {} lugares"),
        (Kind.OTHER_NAME, ""): (
            "un nombre en un mensaje anterior",
            "nombres en {} lugares de mensajes anteriores",
        ),
        (Kind.PERSONAL_LINK, ""): ("1 enlace personal", "{} enlaces personales"),
        (Kind.LIST_FOOTER, ""): ("el pie de un mensaje del grupo", "los pies de {} mensajes"),
        (Kind.LINK_TRACKING, ""): ("el rastreo en 1 enlace", "el rastreo en {} enlaces"),
        (Kind.REMOTE_PICTURE, ""): (
            "1 imagen que se carga de otro sitio",
            "{} imágenes que se cargan de otro sitio",
        ),
        (Kind.HIDDEN_TEXT, ""): ("texto oculto", "texto oculto en {} lugares"),
        (Kind.PICTURE_DETAILS, ""): (
            "los datos dentro de 1 imagen",
            "los datos dentro de {} imágenes",
        ),
        (Kind.PICTURE_DETAILS, "location"): (
            "el lugar dentro de 1 imagen",
            "el lugar dentro de {} imágenes",
        ),
        (Kind.CRYPTO_SIGNATURE, ""): ("una firma digital", "{} firmas digitales"),
    },
}

KEPT: dict[Language, Phrase] = {
    Language.ENGLISH: (
        "A phone number stays in your words: others can see it.",
        "{} phone numbers stay in your words: others can see them.",
    ),
    Language.SPANISH: (
        "Un teléfono queda en tu texto: los demás lo ven.",
        "{} teléfonos quedan en tu texto: los demás los ven.",
    ),
}

# The Spanish of the words in `kinds.kind_of`.
ATTACHMENTS: dict[str, Phrase] = {
    "PDF": ("un PDF", "PDF"),
    "calendar file": ("un archivo de calendario", "archivos de calendario"),
    "contact card": ("una tarjeta de contacto", "tarjetas de contacto"),
    "Outlook file": ("un archivo de Outlook", "archivos de Outlook"),
    "mail": ("un correo", "correos"),
    "packed file": ("un archivo comprimido", "archivos comprimidos"),
    "document": ("un documento", "documentos"),
    "spreadsheet": ("una hoja de cálculo", "hojas de cálculo"),
    "presentation": ("una presentación", "presentaciones"),
    "key": ("una clave", "claves"),
    "web page": ("una página web", "páginas web"),
    "text file": ("un archivo de texto", "archivos de texto"),
    "picture": ("una imagen", "imágenes"),
    "sound file": ("un archivo de sonido", "archivos de sonido"),
    "video": ("un vídeo", "vídeos"),
    "font": ("una fuente", "fuentes"),
    "file": ("un archivo", "archivos"),
}
