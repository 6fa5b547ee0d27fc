"""Somebody replies to a question of ours by mail."""

from collections.abc import Callable

from listserv.domain.language import Language
from listserv.mail.commands import Said
from listserv.mail.problems import ANSWERED, NO_ANSWER, TOO_OLD, TOO_OLD_TO_UNDO
from listserv.services.answer import answer
from listserv.services.confirm import Question, ask_again, confirm, leave_alone, peek
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
    proven: Callable[[], bool],
    words: str = "",
) -> None:
    """Whoever has the token is the one who was asked. A no needs nothing: no answer is one too.

    An answer that can do nothing any more is told so. Without a token of ours nothing says
    who writes, so then only a sender who is proven is answered. words: the reply's own,
    cleaned, where the list asks newcomers something.
    """
    question = peek(kit, token)
    if question is None:
        if proven():
            answer(kit, list_id, asker, "unclear", language, TOO_OLD)
        return
    if not question.open:
        if not (question.too_old and said is not Said.NO and ask_again(kit, token)):
            answer(kit, list_id, asker, "unclear", language, _closed(question))
        return
    if said is Said.NO:
        return
    if said is Said.STOP and question.purpose in _MAY_BE_LEFT_ALONE:
        if leave_alone(kit, token):
            answer(kit, list_id, asker, "left_alone", language)
    elif not _is_yes(said, question.purpose):
        answer(kit, list_id, asker, "unclear", language, NO_ANSWER)
    else:
        confirm(kit, token, words)


def _closed(question: Question) -> str:
    """Why an answer does nothing any more, and what to do instead."""
    if not question.too_old:
        return ANSWERED
    return TOO_OLD_TO_UNDO if question.purpose is Purpose.UNDO else TOO_OLD


def _is_yes(said: Said, purpose: Purpose) -> bool:
    return said in (Said.NOTHING, Said.YES) or (said is Said.WORDS and purpose in _TAKES_WORDS)
