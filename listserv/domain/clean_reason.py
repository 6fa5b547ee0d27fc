"""Why somebody is turned down, in a moderator's words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CleanReason:
    """Without who the moderator is, or the word of a canned reason; "" says nothing.

    Only `listserv.mail.commands.reason` makes one that says something.
    """

    words: str = ""


NO_REASON = CleanReason()
