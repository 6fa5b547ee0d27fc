"""A whole life in a group by mail alone: no page is opened, and nobody signs in."""

import re
from collections.abc import Iterator

import pytest

from tests.end_to_end.correspondent import (
    FRONT,
    Correspondent,
    files_of,
    json_of,
)
from tests.sink import Copy, Sink, sinking
from tests.stack import GROUP, Stack, stack
from tests.waiting import wait_for

ANN, BEN, SAM = "ann@example.com", "ben@example.net", "sam@example.com"
REQUEST, JOIN = GROUP.replace("@", "-request@"), GROUP.replace("@", "-join@")
HELP, LEAVE = GROUP.replace("@", "-help@"), GROUP.replace("@", "-leave@")
ANON = GROUP.replace("@", "+anon@")


@pytest.fixture(scope="module")
def world() -> Iterator[Sink]:
    with sinking() as made:
        yield made


@pytest.fixture(scope="module")
def house(world: Sink) -> Iterator[Stack]:
    with stack({"trusted_authserv_id": FRONT, "relay_url": world.url}) as made:
        made.up()
        made.make_list([BEN], sender_proof="ask")
        yield made


def from_line(copy: Copy) -> str:
    return str(copy.message["From"])


def members_of(house: Stack) -> list[dict[str, str]]:
    found: list[dict[str, str]] = house.json("member", "list", GROUP)
    return found


def test_a_life_by_mail(house: Stack, world: Sink) -> None:
    ann = Correspondent(house, world, ANN)
    ben = Correspondent(house, world, BEN)

    question = ann.ask(JOIN, "Hello, I would like to join.", "Please confirm: join")
    welcome = ann.answer(question, "Welcome to")
    handle = re.findall(r"Others see you as: (.+)", welcome.text)[0]

    paused = ann.ask(REQUEST, "pause 14 days", "your break has begun")
    assert handle in paused.text
    ben.write(GROUP, "While you rest", "Nothing much.")
    wait_for(lambda: len(ben.mailbox) == 1, "Ben's own copy")
    which = ann.ask(REQUEST, "which", "The groups that you are in")
    assert "You get no mail until" in which.text and handle in which.text
    ann.answer(paused, "your break is over", "resume")

    ann.ask(REQUEST, "set digest", "we have changed that")
    assert {m["delivery"] for m in members_of(house) if m["handle"] == handle} == {"daily"}
    ann.ask(REQUEST, "Please set each", "we have changed that")
    renamed = ann.ask(REQUEST, "name Calm Heron", "we have changed that")
    assert "Others see this name: Calm Heron" in renamed.text

    before = len(ben.mailbox)
    ann.write(GROUP, "Tea", "The kettle is on.")
    assert from_line(ben.next_mail("Tea", before)).startswith("Calm Heron via")
    ann.write(ANON, "Something hard", "I would rather say this unseen.")
    unseen = ben.next_mail("Something hard", before + 1)
    assert " via " in from_line(unseen) and "Calm Heron" not in from_line(unseen)
    wait_for(lambda: "unseen" in ann.mailbox[-1].text, "Ann's own copies")

    data = ann.ask(REQUEST, "my data", "What we keep about you").message
    assert set(files_of(data)) == {"my-data.json", "my-posts.mbox"}
    assert ANN in str(json_of(data, "my-data.json"))
    assert b"The kettle is on." in files_of(data)["my-posts.mbox"]

    goodbye = ann.ask(REQUEST, "plaese unsubcribe me", "You have left")
    assert "Calm Heron" not in {m["handle"] for m in members_of(house) if m["state"] == "active"}
    back = ann.answer(goodbye, "Welcome back")
    assert "Calm Heron" in back.text

    sure = ann.ask(REQUEST, "olvídame", "Confirma, por favor")
    assert "Esto no tiene vuelta atrás." in sure.text
    last = ann.answer(sure, "Te hemos olvidado", "sí")
    assert last == ann.mailbox[-1]
    assert house.ask("SELECT count(*) FROM members") == 1  # Ben
    assert all(copy.mail_from == "" for copy in world.copies if "request" in from_line(copy))


def test_a_forged_from_brings_a_question_and_a_stranger_nothing(house: Stack, world: Sink) -> None:
    forger = Correspondent(house, world, BEN, proven=False)
    stranger = Correspondent(house, world, SAM, proven=False)
    before = members_of(house)
    for line in ("leave", "pause", "name Rude Goose", "my data", "olvídame"):
        stranger.write(REQUEST, body=line)
        copy = forger.ask(REQUEST, line, "onfirm")
        assert "-confirm+" in str(copy.message["Reply-To"])
    stranger.write(LEAVE)
    assert members_of(house) == before
    # What is sent is sent in order: had there been mail to a stranger, it would be here by now.
    stranger.write(HELP)
    wait_for(lambda: stranger.mailbox, "the help")
    assert ["how it works" in str(copy.message["Subject"]) for copy in stranger.mailbox] == [True]
