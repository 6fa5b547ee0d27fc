"""A phone number, a street or perhaps their name stands in it: its author is asked first."""

from listserv.domain import reasons
from listserv.domain.decision import Decision, Hold
from listserv.domain.doubt import OWN, PRIVATE
from listserv.domain.list_settings import Action, Switch
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    """Only a member can be asked; of others the list's settings take care.

    Whether a word is their name nobody else can tell, so that is asked wherever the list would
    hold the post; about the rest, where `ask_private` is on.
    """
    settings = facts.settings
    asked = PRIVATE if settings.ask_private is Switch.ON else frozenset()
    if settings.on_doubtful is Action.HOLD:
        asked |= OWN - PRIVATE
    found = asked.intersection(facts.traits.doubts)
    if not found or facts.sender.member is None:
        return None
    return Hold(reasons.reason(reasons.PRIVATE, " ".join(sorted(found))))
