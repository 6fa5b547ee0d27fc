"""Who brings a mail proves something only where nobody of ours stands between."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from listserv.adapters.sender_policy import SenderPolicy
from listserv.domain.mailing_list import MailingList
from listserv.services.change_list import change_list
from listserv.services.kit import Kit
from tests.fakes import World
from tests.integration.gateway.running import Client, running
from tests.integration.proof.local_dns import local_dns
from tests.unit.services.mail_samples import plain

# The tests' own address may send for ann's domain.
RECORDS = {"example.net": "v=spf1 ip4:127.0.0.1 -all"}


@pytest.fixture
def asking(world: World, group: MailingList) -> Iterator[Kit]:
    """A kit that asks a local resolver, on whose list From alone is not believed."""
    change_list(world.kit, group.address, {"sender_proof": "ask"})
    with local_dns(RECORDS) as server:
        yield replace(world.kit, spf=SenderPolicy(server.address))


def went_out(world: World) -> bool:
    return "workers.jobs.fan_out" in [job.function for job in world.queue.rung]


def test_a_client_of_the_domain_is_proof_at_an_mx(world: World, asking: Kit) -> None:
    with running(asking, trusted_clients="") as gateway, Client(gateway.port) as client:
        client.start("group@example.org")
        assert client.data(plain()).startswith("250")
    assert went_out(world)


def test_behind_a_front_server_it_is_none(world: World, asking: Kit) -> None:
    with running(asking) as gateway, Client(gateway.port) as client:
        client.start("group@example.org")
        assert client.data(plain()).startswith("250")
    assert not went_out(world)


def test_what_comes_by_lmtp_was_handed_on(world: World, asking: Kit) -> None:
    with (
        running(asking, smtp_listen="", lmtp_listen="127.0.0.1:0", trusted_clients="") as gateway,
        Client(gateway.port) as client,
    ):
        client.hello("LHLO")
        client.say("MAIL FROM:<ann@example.net>")
        client.say("RCPT TO:<group@example.org>")
        assert client.data(plain()).startswith("250")
    assert not went_out(world)


def test_another_domain_in_from_is_not_proven_by_it(world: World, asking: Kit) -> None:
    with running(asking, trusted_clients="") as gateway, Client(gateway.port) as client:
        client.start("group@example.org", "eve@example.com")
        assert client.data(plain()).startswith("250")
    assert not went_out(world)
