"""What a reply to a notice about a post decides: its first word, in two languages."""

from dataclasses import dataclass

from listserv.domain.held import Ruling
from listserv.mail.commands.lines import own_lines
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
_LONGEST_REASON = 1000


@dataclass(frozen=True)
class FoundRuling:
    """reason: the words after it, on one line."""

    ruling: Ruling
    reason: str


def ruling_in(message: InboundMessage) -> FoundRuling | None:
    """None when the first word of its author's own text is none of those.

    Nothing is guessed here: a friendly "thanks" must not send somebody's post.
    """
    lines = own_lines(message)
    words = lines[0].split() if lines else []
    if not words:
        return None
    first = plain_word(words[0])
    for ruling, known in _WORDS.items():
        if first in known:
            reason = " ".join([*words[1:], *lines[1:]]).lstrip(" :-–—,.").rstrip()
            return FoundRuling(ruling, reason[:_LONGEST_REASON])
    return None
