"""What the mail server in front of us says of spam."""

import re
from collections.abc import Callable

from listserv.domain.list_settings import ListSettings

# SpamAssassin and rspamd: "X-Spam-Flag: YES", "X-Spam-Status: Yes, score=7.2 required=5.0".
USUAL_FIELDS = ("x-spam-flag", "x-spam-status")
_NUMBER = r"[-+]?\d{1,6}(?:\.\d{1,6})?"
_SCORE = re.compile(rf"score\s*=\s*({_NUMBER})", re.IGNORECASE)
_BARE = re.compile(rf"\s*({_NUMBER})\b")


def is_spam(first: Callable[[str], str], settings: ListSettings) -> bool:
    """first: the first value of a field by its name in lower case, as a trusted connection
    brought it, or ""."""
    names = (settings.spam_header.lower(),) if settings.spam_header else USUAL_FIELDS
    values = [value for name in names if (value := first(name))]
    if settings.spam_score is None:
        return any(value.strip().lower().startswith(("yes", "true")) for value in values)
    scores = [score for value in values if (score := _score(value)) is not None]
    return any(score >= settings.spam_score for score in scores)


def _score(value: str) -> float | None:
    found = _SCORE.search(value) or _BARE.match(value)
    return float(found[1]) if found else None
