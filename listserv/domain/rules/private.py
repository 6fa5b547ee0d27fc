"""A phone number or a street stands in it: its author is asked before everybody sees it."""

from listserv.domain import reasons
from listserv.domain.decision import Decision, Hold
from listserv.domain.doubt import PRIVATE
from listserv.domain.list_settings import Switch
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    """Only a member can be asked; of others the list's settings take care."""
    found = PRIVATE.intersection(facts.traits.doubts)
    if facts.settings.ask_private is Switch.OFF or not found or facts.sender.member is None:
        return None
    return Hold(reasons.reason(reasons.PRIVATE, " ".join(sorted(found))))
