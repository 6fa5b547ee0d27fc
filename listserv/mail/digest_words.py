"""What a digest says in its own words, in each language."""

from collections.abc import Mapping
from dataclasses import dataclass

from listserv.domain.language import Language


@dataclass(frozen=True)
class Words:
    """Forms for `str.format`."""

    title: str
    topics: str
    one_message: str
    messages: str
    to_group: str
    to_one: str
    to_one_mail: str
    all_read: str
    contents: str
    back: str
    answer: str
    answer_to: str
    get: str
    get_hint: str
    in_answer: str
    shown: str
    picture: str
    file: str
    end: str
    no_subject: str


WORDS: Mapping[Language, Words] = {
    Language.ENGLISH: Words(
        title="{name} Digest, Vol {volume}, Issue {number}",
        topics="Today's Topics:",
        one_message="1 message",
        messages="{count} messages",
        to_group="To write something new to the group, send a mail to {address}",
        to_one="To answer one message, use the address or link below it. Please do not answer "
        "this whole mail.",
        to_one_mail="To answer one message, open it and answer it. Please do not answer this "
        "whole mail.",
        all_read="Everyone in the group can read what you answer.",
        contents="In this mail",
        back="Back to the top",
        answer="Answer {handle} (all read it)",
        answer_to="To answer (all read it): {address}",
        get="To get this message: {address}",
        get_hint="To get a message, send an empty mail to the address below it.",
        in_answer="In answer to {handle}, above: “{start}”",
        shown="A picture from {handle}",
        picture="A picture was left out here ({size}).",
        file="A file was left out here ({size}).",
        end="End of {title}",
        no_subject="(no subject)",
    ),
    Language.SPANISH: Words(
        title="Resumen de {name}, Vol {volume}, Número {number}",
        topics="Temas de hoy:",
        one_message="1 mensaje",
        messages="{count} mensajes",
        to_group="Para escribir algo nuevo al grupo, envía un correo a {address}",
        to_one="Para responder a un mensaje, usa la dirección o el enlace que está debajo. No "
        "respondas a este correo entero.",
        to_one_mail="Para responder a un mensaje, ábrelo y respóndele. No respondas a este correo "
        "entero.",
        all_read="Todo el grupo puede leer lo que respondes.",
        contents="En este correo",
        back="Volver arriba",
        answer="Responder a {handle} (lo leen todos)",
        answer_to="Para responder (lo leen todos): {address}",
        get="Para recibir este mensaje: {address}",
        get_hint="Para recibir un mensaje, envía un correo vacío a la dirección que está debajo.",
        in_answer="En respuesta a {handle}, más arriba: “{start}”",
        shown="Una imagen de {handle}",
        picture="Aquí había una imagen ({size}).",
        file="Aquí había un archivo ({size}).",
        end="Fin de {title}",
        no_subject="(sin asunto)",
    ),
}


def size_in_words(size: int) -> str:
    """About so much, in kilobytes or megabytes."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB"
