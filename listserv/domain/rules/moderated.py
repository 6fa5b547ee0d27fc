"""Members whose posts wait: all of them, or the first few of each."""

from listserv.domain.decision import Decision, Hold, Reason
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    member = facts.sender.member
    if member is not None and member.moderates:
        return None
    first = facts.settings.moderate.first
    if first is None:
        return Hold(Reason("moderated", "A moderator reads every post before it goes out."))
    if facts.accepted_before < first:
        return Hold(
            Reason("first_posts", f"A moderator reads the first {first} posts of each member.")
        )
    return None
