"""Too many posts of one member within an hour."""

from listserv.domain.decision import Decision, Hold, Reason
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    most = facts.settings.posts_per_hour
    if most is None or facts.recent < most:
        return None
    return Hold(
        Reason("rate", f"More than {most} posts came from you within an hour. This one waits.")
    )
