"""Mail that is no post: to the owners, to the operator, and what comes back."""

import re
from dataclasses import replace

import pytest

from listserv.domain.decision import Accept, Discard, Reject
from listserv.domain.envelope import Envelope
from listserv.domain.mailing_list import MailingList
from listserv.domain.ports import OutboundMessage
from listserv.domain.return_path import day_of
from listserv.domain.routing import Command, ToCommand, ToList, ToOperator, Unknown
from listserv.domain.subscription import Role
from listserv.services import quarantine
from listserv.services.add_members import Newcomer, add_members
from listserv.services.create_list import create_list
from listserv.services.deliver_notices import deliver_notices
from listserv.services.find_route import find_route
from listserv.services.health import health
from listserv.services.receive_bounce import receive_bounce
from listserv.services.receive_command import receive_command
from listserv.services.receive_operator_mail import receive_operator_mail
from tests.fakes import World
from tests.unit.services.mail_samples import ANN, plain

OWNER = "olga@example.net"


@pytest.fixture
def group(world: World) -> MailingList:
    made = create_list(world.kit, "group@example.org")
    list(add_members(world.kit, made.address, [Newcomer(ANN, handle="Quiet Otter")]))
    return made


PROVEN = b"Authentication-Results: mx.example.org; dkim=pass header.d=example.net\r\n"


def write_to_owners(world: World, group: MailingList, raw: bytes) -> object:
    route = ToCommand(group.id, Command.OWNER)
    return receive_command(world.kit, route, Envelope(ANN, trusted=True), raw)


def test_the_owners_get_a_word_under_the_handle(world: World, group: MailingList) -> None:
    owner = Newcomer(OWNER, role=Role.OWNER)
    list(add_members(world.kit, group.address, [owner]))
    raw = PROVEN + plain(body="Could we meet earlier?", to="group-owner@example.org")
    assert write_to_owners(world, group, raw) == Accept()
    deliver_notices(world.kit)
    (mail,) = world.relay.taken
    assert mail.recipient == OWNER and mail.return_path == ""
    text = mail.content.decode()
    assert "Quiet Otter via Group" in text and "meet earlier" in text
    assert ANN not in text and "Marten" not in text


def test_a_forged_from_does_not_find_out_a_handle(world: World, group: MailingList) -> None:
    list(add_members(world.kit, group.address, [Newcomer(OWNER, role=Role.OWNER)]))
    assert write_to_owners(world, group, plain()) == Accept()
    deliver_notices(world.kit)
    text = world.relay.taken[0].content.decode()
    assert "Visitor via Group" in text and "Otter" not in text


def answer(world: World, group: MailingList, mail: OutboundMessage, by: str, words: str) -> None:
    """A plain reply to what came from `-owner`."""
    found = re.search(rb"Reply-To: group-owner\+([a-z2-7]{26})@", mail.content)
    assert found
    route = ToCommand(group.id, Command.OWNER, found[1].decode())
    raw = plain("Re: Hello", words, by, message_id=f"<{words[:4]}@example.net>")
    assert receive_command(world.kit, route, Envelope(by), raw) == Accept()
    world.relay.taken.clear()
    deliver_notices(world.kit)


def test_answers_go_both_ways_and_neither_sees_an_address(world: World, group: MailingList) -> None:
    leaders = [Newcomer(OWNER, "Still Water", role=Role.OWNER)]
    leaders += [Newcomer("meg@example.net", "Warm Lantern", role=Role.MODERATOR)]
    list(add_members(world.kit, group.address, leaders))
    write_to_owners(world, group, PROVEN + plain(body="Could we meet earlier?"))
    deliver_notices(world.kit)
    asked = {mail.recipient: mail for mail in world.relay.taken}
    assert set(asked) == {OWNER, "meg@example.net"}
    answer(world, group, asked["meg@example.net"], "meg@example.net", "Gladly. Meg")
    back = {mail.recipient: mail for mail in world.relay.taken}
    assert set(back) == {ANN, OWNER}  # the other one knows that it is answered
    text = back[ANN].content.decode()
    assert "Warm Lantern via Group" in text and "Gladly" in text
    assert "meg@" not in text and OWNER not in text
    answer(world, group, back[ANN], ANN, "Thank you.")
    again = {mail.recipient: mail for mail in world.relay.taken}
    assert set(again) == {OWNER, "meg@example.net"}
    assert all(b"Quiet Otter via Group" in mail.content for mail in again.values())
    assert all(ANN.encode() not in mail.content for mail in again.values())


def test_somebody_elses_answer_goes_nowhere(world: World, group: MailingList) -> None:
    list(add_members(world.kit, group.address, [Newcomer(OWNER, role=Role.OWNER)]))
    write_to_owners(world, group, plain(body="Could we meet earlier?"))
    deliver_notices(world.kit)
    (mail,) = world.relay.taken
    answer(world, group, mail, "eve@example.com", "Never.")
    assert world.relay.taken == []


def test_the_same_mail_twice_reaches_owners_once(world: World, group: MailingList) -> None:
    list(add_members(world.kit, group.address, [Newcomer(OWNER, role=Role.OWNER)]))
    for _ in range(2):
        write_to_owners(world, group, plain(body="Could we meet earlier?"))
    deliver_notices(world.kit)
    assert len(world.relay.taken) == 1


def test_without_owners_the_operator_gets_it(world: World, group: MailingList) -> None:
    kit = replace(world.kit, operator="op@example.com")
    route = ToCommand(group.id, Command.OWNER)
    assert receive_command(kit, route, Envelope(ANN), plain()) == Accept()
    deliver_notices(kit)
    assert [mail.recipient for mail in world.relay.taken] == ["op@example.com"]


def test_without_anybody_it_is_kept_sealed(world: World, group: MailingList) -> None:
    assert write_to_owners(world, group, plain(body="Hello?")) == Accept()
    ((kept, reason, _),) = quarantine.listing(world.kit)
    assert reason == "owner mail without owner"
    assert b"Hello?" in quarantine.read(world.kit, kept)
    quarantine.erase(world.kit, kept)
    assert quarantine.listing(world.kit) == []


def test_the_operator_gets_the_whole_mail(world: World, group: MailingList) -> None:
    kit = replace(world.kit, operator="op@example.com")
    assert receive_operator_mail(kit, ToOperator("abuse", "example.org"), plain()) == Accept()
    deliver_notices(kit)
    (mail,) = world.relay.taken
    assert mail.recipient == "op@example.com"
    assert b"<abuse@example.org>" in mail.content  # the list's domain, which is ours to use
    assert b"Ann Marten" in mail.content and b"Auto-Submitted: auto-" in mail.content


def test_an_operator_who_leads_back_here_counts_as_none(world: World, group: MailingList) -> None:
    kit = replace(world.kit, operator="postmaster@example.org")
    assert receive_operator_mail(kit, ToOperator("postmaster"), plain()) == Accept()
    assert deliver_notices(kit) == 0
    assert len(quarantine.listing(kit)) == 1


def test_a_bounce_is_known_by_its_token_alone(world: World, group: MailingList) -> None:
    today = day_of(world.clock.now())
    token = world.kit.tokens.return_paths([1], today)[0]
    route = ToCommand(group.id, Command.BOUNCES, token)
    assert isinstance(receive_bounce(world.kit, route, plain()), Discard)
    world.clock.go(days=31)
    assert isinstance(receive_bounce(world.kit, route, plain()), Reject)
    foreign = replace(route, token="a" * 26)
    assert isinstance(receive_bounce(world.kit, foreign, plain()), Reject)


def test_routes_are_asked_of_the_database(world: World, group: MailingList) -> None:
    assert find_route(world.kit, "group@example.org") == ToList(group.id)
    assert find_route(world.kit, "abuse@example.org") == ToOperator("abuse", "example.org")
    assert find_route(world.kit, "abuse@elsewhere.example") == Unknown()


def test_leaving_by_the_token_of_another_list_does_nothing(
    world: World, group: MailingList
) -> None:
    other = create_list(world.kit, "other@example.org")
    token = world.kit.tokens.unsubscribe(1)
    wrong = ToCommand(other.id, Command.LEAVE, token)
    right = ToCommand(group.id, Command.LEAVE, token)
    raw = plain(subject="unsubscribe")
    receive_command(world.kit, wrong, Envelope(ANN), raw)
    assert len(add_again(world, group)) == 0
    receive_command(world.kit, right, Envelope(ANN), raw)
    assert len(add_again(world, group)) == 1


def add_again(world: World, group: MailingList) -> list[str]:
    """The handles that are new when Ann is added once more."""
    return [a.handle for a in add_members(world.kit, group.address, [Newcomer(ANN)]) if a.new]


@pytest.mark.parametrize(
    ("subject", "body"),
    [("JOIN", ""), ("", "join\n"), ("Subscribe", "x"), ("hello", "> join\n")],
)
def test_a_request_is_understood_in_subject_or_body(
    world: World, group: MailingList, subject: str, body: str
) -> None:
    raw = plain(subject=subject, body=body, sender="new@example.net")
    receive_command(world.kit, ToCommand(group.id, Command.REQUEST), Envelope("new@x.org"), raw)
    deliver_notices(world.kit)
    assert b"Please confirm: join" in world.relay.taken[0].content


def test_a_request_that_is_not_understood_is_answered_with_help(
    world: World, group: MailingList
) -> None:
    raw = plain(subject="hm", body="what can I do here")
    receive_command(world.kit, ToCommand(group.id, Command.REQUEST), Envelope(ANN), raw)
    deliver_notices(world.kit)
    assert b"how it works" in world.relay.taken[0].content


def test_health_asks_both(world: World, group: MailingList) -> None:
    assert health(world.kit).database and health(world.kit).redis
    world.queue.up = False
    assert not health(world.kit).redis
