import pytest
from hypothesis import given
from hypothesis import strategies as st

from listserv.domain.errors import Refused
from listserv.domain.list_settings import (
    PRESETS,
    SCHEMA,
    ListSettings,
    Moderate,
    as_text,
    change,
    from_text,
    preset,
)

CONTRACT = {
    "join": ("open", "approve"),
    "keep_posts": ("365", "90"),
    "moderate": ("none", "first:3"),
    "strangers": ("reject", "reject"),
    "sender_proof": ("ask", "ask"),
    "posts_per_hour": ("30", "10"),
    "reply_to": ("list", "list"),
    "attachments": ("images", "images"),
}


@pytest.mark.parametrize("name", CONTRACT)
def test_the_presets_are_what_they_promise(name: str) -> None:
    found = as_text(preset("discussion"))[name], as_text(preset("peer-support"))[name]
    assert found == CONTRACT[name]


@pytest.mark.parametrize("settings", PRESETS.values())
def test_the_text_form_reads_back(settings: ListSettings) -> None:
    assert from_text(as_text(settings)) == settings


def test_the_schema_names_every_setting_once() -> None:
    assert [s.name for s in SCHEMA] == list(as_text(ListSettings()))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("join", "everyone"),
        ("keep_posts", "0"),
        ("keep_posts", "soon"),
        ("keep_posts", "²"),
        ("moderate", "first:0"),
        ("moderate", "first:x"),
        ("posts_per_hour", "-1"),
        ("outer_name", 'a "quoted" name'),
        ("time_zone", "Nowhere/Town"),
        ("colour", "blue"),
    ],
)
def test_a_bad_value_is_refused_and_named(name: str, text: str) -> None:
    with pytest.raises(Refused, match=name):
        change(ListSettings(), {name: text})


def test_all_of_a_change_or_none() -> None:
    before = ListSettings()
    with pytest.raises(Refused):
        change(before, {"join": "invite", "moderate": "nonsense"})
    assert before == ListSettings()


@pytest.mark.parametrize(
    ("text", "value"), [("none", Moderate(0)), ("all", Moderate(None)), ("first:5", Moderate(5))]
)
def test_moderate_has_three_forms(text: str, value: Moderate) -> None:
    assert change(ListSettings(), {"moderate": text}).moderate == value
    assert str(value) == text


def test_a_setting_of_a_newer_version_is_left_alone() -> None:
    assert from_text({"join": "invite", "from_the_future": "x"}).join == "invite"


@given(st.sampled_from([s.name for s in SCHEMA]), st.text(max_size=20))
def test_any_text_is_taken_or_refused(name: str, text: str) -> None:
    try:
        changed = change(ListSettings(), {name: text})
    except Refused:
        return
    assert from_text(as_text(changed)) == changed
