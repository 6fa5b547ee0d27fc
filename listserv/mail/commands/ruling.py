"""What a reply to a notice about a post decides: its first word, in two languages."""

from dataclasses import dataclass, field

from listserv.domain.held import Ruling
from listserv.mail.commands.lines import own_paragraphs
from listserv.mail.commands.spelling import plain_word, word_set
from listserv.mail.inbound import InboundMessage

_WORDS = {
    Ruling.APPROVE: word_set(
        "approve approved accept accepted ok okay yes y fine"
        " aprobar aprueba apruebo aprobado aceptar acepto si vale"
    ),
    Ruling.TRUST: word_set("trust trusted confiar confio confia"),
    Ruling.REJECT: word_set(
        "reject rejected decline refuse return no rechazar rechazo rechaza devolver devuelve"
    ),
    Ruling.DISCARD: word_set("discard delete drop spam descartar descarta borrar borra eliminar"),
    Ruling.SEND: word_set("send sent enviar envia envio enviado enviarlo envialo mandar manda"),
    Ruling.WITHDRAW: word_set("withdraw cancel undo retirar retira retiro cancelar cancela"),
}


@dataclass(frozen=True)
class FoundRuling:
    """words: what stands after it, as it came, and so maybe with its author's name.

    They begin with a line end where nothing stands behind the first word in its line.
    """

    ruling: Ruling
    words: str = field(repr=False)


def ruling_in(message: InboundMessage) -> FoundRuling | None:
    """None when the first word of its author's own text is none of those.

    Nothing is guessed here: a friendly "thanks" must not send somebody's post.
    """
    text = "\n".join(own_paragraphs(message)).strip()
    first = text.split(maxsplit=1)[0] if text else ""
    for ruling, known in _WORDS.items():
        if plain_word(first) in known:
            return FoundRuling(ruling, text[len(first) :].lstrip(" :-–—,."))
    return None
