"""Somebody replies to a question of ours by mail."""

from listserv.domain.language import Language
from listserv.mail.commands import Said
from listserv.mail.problems import NO_ANSWER
from listserv.services.answer import answer
from listserv.services.confirm import ask_again, confirm, leave_alone, peek
from listserv.services.kit import Kit
from listserv.services.question import Purpose

# Here a few friendly words are a yes. Elsewhere, where more is at stake or where "thank you"
# is a natural reply, only a yes or the plain reply is one.
_TAKES_WORDS = frozenset({Purpose.JOIN, Purpose.INVITE, Purpose.CHANGE})
_MAY_BE_LEFT_ALONE = frozenset({Purpose.JOIN, Purpose.INVITE})


def take_answer(  # which question, and what its reader said to it
    kit: Kit,
    list_id: int,
    asker: str,
    token: str,
    said: Said,
    language: Language | None,
    words: str = "",
) -> None:
    """Whoever has the token is the one who was asked. A no needs nothing: no answer is one too.

    words: the reply's own, cleaned, where the list asks newcomers something.
    """
    question = peek(kit, token)
    if question is None or said is Said.NO:
        return
    if said is Said.STOP and question.purpose in _MAY_BE_LEFT_ALONE:
        if leave_alone(kit, token):
            answer(kit, list_id, asker, "left_alone", language)
    elif not _is_yes(said, question.purpose):
        answer(kit, list_id, asker, "unclear", language, NO_ANSWER)
    elif question.open:
        confirm(kit, token, words)
    elif question.too_old:
        ask_again(kit, token)


def _is_yes(said: Said, purpose: Purpose) -> bool:
    return said in (Said.NOTHING, Said.YES) or (said is Said.WORDS and purpose in _TAKES_WORDS)
