"""Nothing is left to read after cleaning."""

from listserv.domain.decision import Decision, Reason, Reject
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    if facts.empty:
        return Reject(
            Reason("empty", "Nothing was left to read in your message. Please write some words.")
        )
    return None
