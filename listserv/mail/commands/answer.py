"""What the answer to a question of ours says: yes, no, or leave me alone."""

import re
from enum import StrEnum

from listserv.mail.commands.lines import own_lines
from listserv.mail.commands.spelling import plain_words, word_set
from listserv.mail.inbound import InboundMessage

_YES = word_set(
    "yes yeah yep y ok okay sure confirm confirmed confirming agree agreed back undo return"
    " si vale claro confirmo confirmar confirmado acepto acuerdo volver vuelvo"
)
_NO = word_set(
    "no nope not never cancel wrong mistake error didnt dont wasnt isnt havent wont cannot cant"
    " nunca jamas cancela cancelar equivocado equivocada tampoco"
)
_STOP = word_set("stop unsubscribe remove spam basta para parar alto baja")
_POLITE = word_set(
    "hi hello hey dear all please thanks thank you best regards kind many"
    " hola buenas buenos dias tardes noches gracias saludos por favor un saludo"
)
_LOOK_AT = 4  # lines
_WORD = re.compile(r"[^\W\d_]+")


class Said(StrEnum):
    """What the author's own words say.

    NOTHING: the reply was sent as it is. WORDS: neither yes nor no, such as "I
    look forward to it". UNSURE: they ask something back.
    """

    NOTHING = "nothing"
    YES = "yes"
    NO = "no"
    STOP = "stop"
    WORDS = "words"
    UNSURE = "unsure"


def said_in(message: InboundMessage) -> Said:
    """By the first words that its author wrote above or below what they quote.

    A "not" anywhere in these lines counts as a no: it is better to do nothing
    than what somebody did not want.
    """
    lines = _before_name(own_lines(message)[:_LOOK_AT], _names(message))
    words = [word for line in lines for word in plain_words(line) if word not in _POLITE]
    if not words:
        return Said.NOTHING
    if words[0] in _STOP:
        return Said.STOP
    if words[0] in _YES:
        return Said.YES
    if not _NO.isdisjoint(words):
        return Said.NO
    return Said.UNSURE if any("?" in line for line in lines) else Said.WORDS


def _names(message: InboundMessage) -> frozenset[str]:
    """What the author is called, as it stands under many mails."""
    account = message.from_address.partition("@")[0]
    known = " ".join([*message.known_names, *_WORD.findall(account)])
    return frozenset(plain_words(known))


def _before_name(lines: list[str], names: frozenset[str]) -> list[str]:
    """The lines above a signature that begins with the author's name."""
    for number, line in enumerate(lines):
        words = set(plain_words(line))
        if words and words <= names:
            return lines[:number]
    return lines
