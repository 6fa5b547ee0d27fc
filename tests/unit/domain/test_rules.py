"""Each rule objects to what it should, in words that everybody can read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from listserv.domain.decision import Accept, Discard, Hold, Reject
from listserv.domain.doubt import OWN, Doubt
from listserv.domain.language import Language
from listserv.domain.list_settings import SCHEMA, ListSettings, change
from listserv.domain.reasons import CODES, words, words_for_moderator
from listserv.domain.rules import decide
from listserv.domain.rules.facts import PostFacts, Standing
from listserv.domain.sender import Sender
from listserv.domain.subscription import DeliveryMode, Role, Subscription, SubscriptionState
from listserv.domain.traits import Traits

MEMBER = Subscription(
    1, 1, "m", "Quiet Otter", SubscriptionState.ACTIVE, DeliveryMode.EACH, Role.MEMBER
)
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
WELL = Standing(accepted_before=10, recent=0, closed=False, banned=False)
FINE = PostFacts(
    settings=ListSettings(),
    sender=Sender(MEMBER, proven=True),
    standing=WELL,
    traits=Traits(),
    at=NOW,
    automatic=False,
    came_back=False,
    duplicate=False,
    empty=False,
    left_out=False,
)
STRANGER = Sender(None, proven=True)


def given(**settings: str) -> PostFacts:
    return replace(FINE, settings=change(ListSettings(), settings))


def standing(**values: Any) -> PostFacts:
    """FINE, with its author or conversation standing otherwise."""
    return replace(FINE, standing=replace(WELL, **values))


def traits(**values: Any) -> PostFacts:
    return replace(FINE, traits=Traits(**values))


def member(**values: Any) -> PostFacts:
    return replace(FINE, sender=Sender(replace(MEMBER, **values), proven=True))


def under(facts: PostFacts, **settings: str) -> PostFacts:
    return replace(facts, settings=change(ListSettings(), settings))


def code(facts: PostFacts) -> str:
    decision = decide(facts)
    return "" if isinstance(decision, Accept) else decision.reason.code


@st.composite
def any_facts(draw: st.DrawFn) -> PostFacts:
    """Facts of all kinds, under settings of all kinds."""
    numbers = st.integers(0, 40)
    acts = {
        one.name: draw(st.sampled_from(one.values.split(", ")))
        for one in SCHEMA
        if one.name.startswith("on_") or one.name in ("emergency", "strangers")
    }
    acts["moderate"] = draw(st.sampled_from(["none", "all", "first:3"]))
    state = draw(st.sampled_from(SubscriptionState))
    until = draw(st.none() | st.just(NOW + timedelta(days=2)))
    someone = replace(MEMBER, state=state, moderated=draw(st.booleans()), muted_until=until)
    return PostFacts(
        settings=change(ListSettings(largest_post=1), acts),
        sender=Sender(draw(st.none() | st.just(someone)), proven=draw(st.booleans())),
        standing=Standing(draw(numbers), draw(numbers), *(draw(st.booleans()) for _ in range(2))),
        traits=Traits(
            size=draw(st.integers(0, 2000)),
            recipients=draw(numbers),
            spam=draw(st.booleans()),
            command=draw(st.booleans()),
            doubts=tuple(draw(st.sets(st.sampled_from(Doubt)))),
        ),
        at=NOW,
        **{name: draw(st.booleans()) for name in ("automatic", "came_back", "duplicate")},
        empty=draw(st.booleans()),
        left_out=draw(st.booleans()),
    )


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
        (replace(FINE, duplicate=True), Discard, "duplicate"),
        (traits(doubts=tuple(set(Doubt) - OWN)), Hold, "doubtful"),
        (traits(doubts=tuple(Doubt)), Hold, "private"),
        (standing(closed=True), Reject, "closed"),
        (standing(banned=True), Reject, "stranger"),
        (member(muted_until=NOW + timedelta(days=1)), Reject, "muted"),
        (member(moderated=True), Hold, "member"),
        (traits(spam=True), Hold, "suspicious"),
        (traits(command=True), Hold, "command"),
        (traits(recipients=21), Hold, "recipients"),
        (under(traits(size=5_000_001), largest_post="5000"), Hold, "too_large"),
        (under(replace(FINE, left_out=True), on_attachment="reject"), Reject, "attachment"),
        (given(emergency="on"), Hold, "emergency"),
        (given(moderate="all"), Hold, "moderated"),
        (under(standing(accepted_before=2), moderate="first:3"), Hold, "first_posts"),
        (under(standing(recent=5), posts_per_hour="5"), Hold, "rate"),
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
    assert code(under(standing(accepted_before=2), moderate="first:3")) == "first_posts"
    assert code(under(standing(accepted_before=3), moderate="first:3")) == ""


def test_moderators_do_not_wait_for_themselves() -> None:
    moderator = member(role=Role.MODERATOR, moderated=True)
    assert code(under(moderator, moderate="all", emergency="on")) == ""


def test_who_is_trusted_does_not_wait_with_the_first_posts() -> None:
    assert code(under(member(trusted=True), moderate="all")) == ""
    assert code(under(member(trusted=True), emergency="on")) == "emergency"


def test_who_was_muted_may_post_once_the_day_has_come() -> None:
    assert code(member(muted_until=NOW)) == ""


def test_a_ban_tells_a_forger_nothing() -> None:
    forged = replace(standing(banned=True), sender=Sender(None, proven=False))
    assert isinstance(decide(forged), Discard)


@pytest.mark.parametrize(
    ("setting", "facts"),
    [
        ("on_too_large", under(traits(size=2000), largest_post="1")),
        ("on_recipients", traits(recipients=21)),
        ("on_attachment", replace(FINE, left_out=True)),
        ("on_automatic", replace(FINE, automatic=True)),
        ("on_empty", replace(FINE, empty=True)),
        ("on_moderated", given(moderate="all")),
        ("on_moderated", given(moderate="first:50")),
        ("on_member", member(moderated=True)),
        ("on_emergency", given(emergency="on")),
        ("on_command", traits(command=True)),
        ("on_rate", standing(recent=30)),
        ("on_closed", standing(closed=True)),
        ("on_muted", member(muted_until=NOW + timedelta(days=1))),
        ("on_doubtful", traits(doubts=(Doubt.NAME_LEFT,))),
        ("on_suspicious", traits(spam=True)),
    ],
)
def test_the_list_says_what_happens(setting: str, facts: PostFacts) -> None:
    """Each of the values that the setting takes, and no other."""
    (known,) = [one for one in SCHEMA if one.name == setting]
    kinds = {"hold": Hold, "reject": Reject, "discard": Discard, "ignore": Accept}
    for value in known.values.split(", "):
        asked = replace(facts, settings=change(facts.settings, {setting: value}))
        assert isinstance(decide(asked), kinds[value]), value


@given_any(st.data())
def test_every_objection_has_words_in_every_language(data: st.DataObject) -> None:
    facts = data.draw(any_facts())
    decision = decide(facts)
    if isinstance(decision, Accept):
        return
    reason = decision.reason
    assert reason.code in CODES
    for language in Language:
        for said in (words, words_for_moderator):
            text = said(reason.code, language, reason.detail)
            assert text.endswith(".") and "{" not in text
            assert text[0].isupper()


@pytest.mark.parametrize("reason_code", CODES)
def test_both_languages_say_their_own(reason_code: str) -> None:
    detail = " ".join(Doubt) if reason_code == "doubtful" else "7"
    english, spanish = (words(reason_code, language, detail) for language in Language)
    assert english != spanish
    assert ("7" in english) == ("7" in spanish)


def test_a_reason_of_a_newer_version_still_has_words() -> None:
    assert words("of_tomorrow", Language.ENGLISH) == "A moderator looks at it first."


def test_no_limit_means_none() -> None:
    assert code(under(standing(recent=10_000), posts_per_hour="none")) == ""


@pytest.mark.parametrize(
    "facts",
    [
        given(moderate="all", on_moderated="reject"),
        given(emergency="on", on_emergency="reject"),
        under(member(moderated=True), on_member="reject"),
    ],
)
def test_who_is_refused_is_not_told_that_a_moderator_reads_it(facts: PostFacts) -> None:
    assert code(facts) == "not_open"


def test_robots_are_dropped_before_anyone_is_told_anything() -> None:
    facts = replace(FINE, automatic=True, sender=STRANGER, empty=True)
    assert code(facts) == "automatic"
