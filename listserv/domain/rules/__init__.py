"""Rules, one a file: each says of a post's facts what it objects to, or None."""

from listserv.domain.decision import Accept, Decision
from listserv.domain.rules import (
    attachment,
    automatic,
    banned,
    closed,
    command,
    doubtful,
    duplicate,
    emergency,
    empty,
    large,
    loop,
    member,
    moderated,
    muted,
    private,
    rate,
    recipients,
    stranger,
    suspicious,
    unproven,
)
from listserv.domain.rules.facts import PostFacts

# The order is the order of asking; the first objection decides.
RULES = (
    # Nobody's post at all.
    loop.check,
    automatic.check,
    duplicate.check,
    # Whose it is; before anything is told to anybody.
    banned.check,
    stranger.check,
    unproven.check,
    # What no moderator can mend.
    empty.check,
    muted.check,
    closed.check,
    # What its author may want back, before even a moderator sees it.
    private.check,
    # What a moderator should look at, gravest first.
    suspicious.check,
    doubtful.check,
    command.check,
    large.check,
    recipients.check,
    attachment.check,
    emergency.check,
    member.check,
    moderated.check,
    rate.check,
)


def decide(facts: PostFacts) -> Decision:
    """The first rule's objection, or Accept."""
    for rule in RULES:
        objection = rule(facts)
        if objection is not None:
            return objection
    return Accept()
