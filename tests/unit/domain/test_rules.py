from dataclasses import replace

import pytest

from listserv.domain.decision import Accept, Discard, Hold, Reject
from listserv.domain.doubt import Doubt
from listserv.domain.list_settings import ListSettings, change
from listserv.domain.rules import decide
from listserv.domain.rules.facts import PostFacts
from listserv.domain.sender import Sender
from listserv.domain.subscription import DeliveryMode, Role, Subscription, SubscriptionState

MEMBER = Subscription(
    1, 1, "m", "Quiet Otter", SubscriptionState.ACTIVE, DeliveryMode.EACH, Role.MEMBER
)
FINE = PostFacts(
    settings=ListSettings(),
    sender=Sender(MEMBER, proven=True),
    automatic=False,
    came_back=False,
    empty=False,
    accepted_before=10,
    recent=0,
)
STRANGER = Sender(None, proven=True)


def given(**settings: str) -> PostFacts:
    return replace(FINE, settings=change(ListSettings(), settings))


def code(facts: PostFacts) -> str:
    decision = decide(facts)
    return "" if isinstance(decision, Accept) else decision.reason.code


def test_a_members_proven_post_goes_out() -> None:
    assert decide(FINE) == Accept()


@pytest.mark.parametrize(
    ("facts", "kind", "reason"),
    [
        (replace(FINE, came_back=True), Discard, "loop"),
        (replace(FINE, automatic=True), Discard, "automatic"),
        (replace(FINE, sender=STRANGER), Reject, "stranger"),
        (replace(given(strangers="hold"), sender=STRANGER), Hold, "stranger"),
        (replace(given(strangers="discard"), sender=STRANGER), Discard, "stranger"),
        (replace(FINE, sender=Sender(MEMBER, proven=False)), Hold, "unproven"),
        (replace(FINE, empty=True), Reject, "empty"),
        (replace(FINE, doubts=tuple(Doubt)), Hold, "doubtful"),
        (given(moderate="all"), Hold, "moderated"),
        (replace(given(moderate="first:3"), accepted_before=2), Hold, "first_posts"),
        (replace(given(posts_per_hour="5"), recent=5), Hold, "rate"),
    ],
)
def test_each_rule_objects_in_its_own_way(facts: PostFacts, kind: type, reason: str) -> None:
    decision = decide(facts)
    assert isinstance(decision, kind)
    assert not isinstance(decision, Accept) and decision.reason.code == reason
    assert decision.reason.words.endswith(".")


def test_an_unproven_stranger_is_not_told_that_they_are_none() -> None:
    assert isinstance(decide(replace(FINE, sender=Sender(None, proven=False))), Discard)


def test_who_left_is_a_stranger() -> None:
    gone = replace(MEMBER, state=SubscriptionState.LEFT)
    assert code(replace(FINE, sender=Sender(gone, proven=True))) == "stranger"


def test_who_waits_for_a_moderator_is_one_too() -> None:
    waiting = replace(MEMBER, state=SubscriptionState.WAITING)
    assert code(replace(FINE, sender=Sender(waiting, proven=True))) == "stranger"


def test_who_pauses_may_still_post() -> None:
    paused = replace(MEMBER, state=SubscriptionState.PAUSED)
    assert code(replace(FINE, sender=Sender(paused, proven=True))) == ""


def test_the_third_post_waits_and_the_fourth_goes_out() -> None:
    facts = given(moderate="first:3")
    assert code(replace(facts, accepted_before=2)) == "first_posts"
    assert code(replace(facts, accepted_before=3)) == ""


def test_moderators_do_not_wait_for_themselves() -> None:
    moderator = Sender(replace(MEMBER, role=Role.MODERATOR), proven=True)
    assert code(replace(given(moderate="all"), sender=moderator)) == ""


def test_no_limit_means_none() -> None:
    assert code(replace(given(posts_per_hour="none"), recent=10_000)) == ""


def test_robots_are_dropped_before_anyone_is_told_anything() -> None:
    facts = replace(FINE, automatic=True, sender=STRANGER, empty=True)
    assert code(facts) == "automatic"
