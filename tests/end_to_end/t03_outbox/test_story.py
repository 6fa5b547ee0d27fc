"""Without a relay the copies lie in the outbox, and this machine can read them."""

import re
from collections.abc import Iterator
from html import unescape

import pytest

from tests.end_to_end.conftest import MakeStack
from tests.sink import Sink
from tests.stack import Stack, mail, members, stack
from tests.waiting import wait_for

EVERYONE = ["ann@example.org", *members(4)]


@pytest.fixture(scope="module")
def house() -> Iterator[Stack]:
    with stack() as made:
        made.up()
        made.make_list(EVERYONE)
        made.send(mail("Bring a <cup> & a spoon.\n", subject="Tea at five"))
        wait_for(lambda: len(_maildir(made)) == len(EVERYONE), "all copies in the outbox")
        wait_for(lambda: made.status()["deliveries"]["sent"] == len(EVERYONE), "their record")
        yield made


def _maildir(house: Stack) -> list[bytes]:
    return [path.read_bytes() for path in (house.data / "outbox" / "new").glob("*")]


def test_each_copy_is_a_file_of_the_maildir_as_it_would_go_over_the_wire(house: Stack) -> None:
    copies = _maildir(house)
    assert len(copies) == len(EVERYONE)
    assert len({re.findall(rb"^List-Unsubscribe:.*", copy, re.M)[0] for copy in copies}) == 5
    for copy in copies:
        assert b"Bring a <cup> & a spoon.\r\n" in copy
        assert b"example.net" not in copy  # no recipient stands in any of them


def test_nobody_else_on_the_machine_may_look_into_the_maildir(house: Stack) -> None:
    assert house.data.stat().st_mode & 0o077 == 0
    assert (house.data / "keys").stat().st_mode & 0o777 == 0o600


def test_the_greeting_names_the_page(house: Stack) -> None:
    assert f"{house.web_url}/outbox" in house.said()


def test_the_page_lists_the_copies_and_each_can_be_read(house: Stack) -> None:
    listing = house.get("/outbox")
    assert listing.status == 200
    assert listing.text.count("Tea at five") == len(EVERYONE)
    link = re.search(r'href="(/outbox/[0-9][^"]*)"', listing.text)
    assert link
    page = house.get(link[1])
    assert page.status == 200
    assert "Bring a <cup> & a spoon." in unescape(page.text)
    assert "<cup>" not in page.text  # what members write is inert on our pages
    assert "group-bounces" not in page.text


def test_the_page_is_not_kept_by_the_browser_and_runs_no_script(house: Stack) -> None:
    headers = house.get("/outbox").headers
    assert "no-store" in headers["Cache-Control"]
    assert "script-src" in headers["Content-Security-Policy"] or (
        "default-src" in headers["Content-Security-Policy"]
    )


def test_with_a_relay_there_is_no_outbox(make_stack: MakeStack, sink: Sink) -> None:
    house = make_stack(relay_url=sink.url)
    house.up()
    assert house.get("/outbox").status == 404
    assert "/outbox" not in house.said()
    assert not (house.data / "outbox").exists()
