"""Signing in: a link or a code, once, the same for everybody who asks."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from listserv.domain.errors import Refused
from listserv.domain.language import Language
from listserv.domain.mailing_list import MailingList
from listserv.services import sign_in
from listserv.services.add_members import Newcomer, add_members
from listserv.services.create_list import create_list
from listserv.services.deliver_notices import deliver_notices
from listserv.services.sign_in import (
    MOST_PER_ADDRESS_AND_HOUR,
    ask_to_sign_in,
    by_code,
    by_link,
    is_open,
)
from listserv.store import members
from tests.fakes import World
from tests.unit.services.mail_samples import ANN

STRANGER = "stranger@example.com"


@pytest.fixture
def group(any_world: World) -> MailingList:
    made = create_list(any_world.kit, "group@example.org")
    list(add_members(any_world.kit, made.address, [Newcomer(ANN)]))
    return made


def ask(world: World, email: str = ANN) -> str:
    return ask_to_sign_in(world.kit, email, Language.ENGLISH)


def mailed(world: World) -> tuple[str, str]:
    """The token of the link and the code, from the newest mail."""
    deliver_notices(world.kit)
    content = world.relay.taken[-1].content.decode().replace("=\r\n", "")
    token = content.split("/sign-in/")[1].split(maxsplit=1)[0]
    code = re.search(r"^\s*([0-9]{6})\s*$", content, re.MULTILINE)
    assert code
    return token, code[1]


def ann(world: World) -> str:
    with world.kit.database.reading() as tx:
        found = members.find(tx, world.kit.vault.lookups(ANN))
    assert found
    return found.member_id


def test_a_link_works_once_in_any_browser(any_world: World, group: MailingList) -> None:
    ask(any_world)
    token, _ = mailed(any_world)
    assert is_open(any_world.kit, token)
    assert is_open(any_world.kit, token)  # looking uses nothing up
    assert by_link(any_world.kit, token) == ann(any_world)
    assert not is_open(any_world.kit, token)
    assert by_link(any_world.kit, token) is None


def test_a_code_works_once_and_only_where_it_was_asked_for(
    any_world: World, group: MailingList
) -> None:
    elsewhere = ask(any_world)
    any_world.clock.go(seconds=1)
    here = ask(any_world)
    _, code = mailed(any_world)
    assert by_code(any_world.kit, elsewhere, code) is None
    assert by_code(any_world.kit, here, f" {code[:3]} {code[3:]} ") == ann(any_world)
    assert by_code(any_world.kit, here, code) is None


def test_link_and_code_are_one_thing(any_world: World, group: MailingList) -> None:
    here = ask(any_world)
    token, code = mailed(any_world)
    assert by_code(any_world.kit, here, code)
    assert by_link(any_world.kit, token) is None


def test_five_wrong_codes_are_enough(any_world: World, group: MailingList) -> None:
    here = ask(any_world)
    _, code = mailed(any_world)
    wrong = "000000" if code != "000000" else "111111"
    for _ in range(5):
        assert by_code(any_world.kit, here, wrong) is None
    assert by_code(any_world.kit, here, code) is None


def test_after_a_quarter_of_an_hour_nothing_works(any_world: World, group: MailingList) -> None:
    here = ask(any_world)
    token, code = mailed(any_world)
    any_world.clock.go(minutes=15, seconds=1)
    assert by_link(any_world.kit, token) is None
    assert by_code(any_world.kit, here, code) is None


def test_a_stranger_gets_no_mail_and_the_same_answer(any_world: World, group: MailingList) -> None:
    asked = ask(any_world, STRANGER)
    deliver_notices(any_world.kit)
    assert any_world.relay.taken == []
    assert len(asked) == len(ask(any_world))
    assert by_code(any_world.kit, asked, "123456") is None


def test_a_mailbox_is_not_flooded(any_world: World, group: MailingList) -> None:
    for _ in range(12):
        ask(any_world)
    deliver_notices(any_world.kit)
    assert len(any_world.relay.taken) == 5


def test_who_asks_over_and_over_gets_no_more_guesses(
    any_world: World, group: MailingList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "_code", lambda kit: "123456")
    asked = [ask(any_world) for _ in range(MOST_PER_ADDRESS_AND_HOUR + 1)]
    assert by_code(any_world.kit, asked[-1], "123456") is None
    assert by_code(any_world.kit, asked[-2], "123456") == ann(any_world)


def test_text_that_is_no_address_is_refused(any_world: World, group: MailingList) -> None:
    with pytest.raises(Refused):
        ask(any_world, "ann at example")


def test_of_many_who_press_the_button_one_is_let_in(any_world: World, group: MailingList) -> None:
    ask(any_world)
    token, _ = mailed(any_world)
    with ThreadPoolExecutor(8) as crowd:
        let_in = list(crowd.map(lambda _: by_link(any_world.kit, token), range(24)))
    assert sum(one is not None for one in let_in) == 1
