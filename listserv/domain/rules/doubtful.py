"""Cleaning left a doubt: somebody looks before everybody does."""

from listserv.domain.decision import Decision, Hold, Reason
from listserv.domain.doubt import Doubt
from listserv.domain.rules.facts import PostFacts

_WORDS = {
    Doubt.ADDRESS_LEFT: "Your message has something in it that looks like an email address.",
    Doubt.NAME_LEFT: "A word in your message may be your own name.",
    Doubt.TWO_TEXTS: "Your mail program sent two texts that say different things.",
}


def check(facts: PostFacts) -> Decision | None:
    """One reason for all doubts; each in a sentence of its own."""
    if not facts.doubts:
        return None
    words = " ".join(_WORDS[doubt] for doubt in sorted(set(facts.doubts)))
    return Hold(Reason("doubtful", f"{words} A moderator looks at it first."))
