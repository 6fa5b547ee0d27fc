"""Nothing is left to read after cleaning."""

from listserv.domain.decision import Decision
from listserv.domain.reasons import reason
from listserv.domain.rules.act import act
from listserv.domain.rules.facts import PostFacts


def check(facts: PostFacts) -> Decision | None:
    return act(facts.settings.on_empty, reason("empty")) if facts.empty else None
