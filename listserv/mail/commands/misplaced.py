"""A request to us that was sent to the whole group by mistake."""

from datetime import date

from listserv.domain.request import ForgetMe, Join, Leave
from listserv.mail.commands.read import read
from listserv.mail.commands.spelling import plain_words

_MOST_WORDS = 8
# In an answer "leave" may be what it says; these are not.
_PLAIN_ENOUGH = frozenset({"unsubscribe", "unsub", "subscribe", "baja", "desuscribirme", "alta"})


def is_misplaced(subject: str, text: str, is_answer: bool, today: date) -> bool:
    """Whether a post is nothing but "unsubscribe" or the like; words of need never are.

    subject, text: after cleaning.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    said = lines or [subject]
    if len(said) != 1 or len(said[0].split()) > _MOST_WORDS:
        return False
    found = read(said[0], today)
    if found is None or not isinstance(found.request, Join | Leave | ForgetMe):
        return False
    return not is_answer or not _PLAIN_ENOUGH.isdisjoint(plain_words(said[0]))
