"""Clients that may send for a domain, and those that may not; policies from a local DNS server."""

from collections.abc import Iterator

import pytest

from listserv.adapters.sender_policy import SenderPolicy
from listserv.domain.envelope import Envelope
from listserv.domain.proof import Proof
from tests.integration.proof.local_dns import LocalDns, local_dns

HERS, OTHER = "192.0.2.10", "198.51.100.7"
ENDLESS = "v=spf1 include:endless.example.net -all"
RECORDS = {
    "example.net": "v=spf1 ip4:192.0.2.0/28 ip6:2001:db8::/48 -all",
    "sub.example.net": "v=spf1 ip4:192.0.2.0/28 -all",
    "exchange.example.com": "v=spf1 mx -all",
    "host.example.com": "v=spf1 a:mail.example.com include:example.net ?all",
    "mail.example.com": f"A {OTHER}",
    "soft.example.com": "v=spf1 ip4:203.0.113.1 ~all",
    "endless.example.net": ENDLESS,
    "void.example.net": "v=spf1 " + "".join(f"a:gone{n}.example.net " for n in range(5)) + "+all",
    "name.example.net": "v=spf1 exists:%{h}.names.example.net -all",
    "broken.example.net": "v=spf1 ip4:192.0.2.0/99 frobnicate +all",
}


@pytest.fixture
def server() -> Iterator[LocalDns]:
    with local_dns(RECORDS) as found:
        yield found


def proof(server: LocalDns, client: str, sender: str, domain: str = "") -> Proof:
    """domain: of From; that of the envelope sender unless it is another."""
    asked = SenderPolicy(server.address)
    return asked.proof(Envelope(sender, client=client), domain or sender.partition("@")[2])


@pytest.mark.parametrize("client", [HERS, "2001:db8::25"])
def test_a_client_that_the_policy_names_is_proof(server: LocalDns, client: str) -> None:
    assert proof(server, client, "ann@example.net") is Proof.SPF


def test_any_other_client_is_none(server: LocalDns) -> None:
    assert proof(server, OTHER, "ann@example.net") is Proof.NONE
    assert proof(server, OTHER, "ann@soft.example.com") is Proof.NONE


def test_a_policy_may_lead_to_others(server: LocalDns) -> None:
    assert proof(server, HERS, "ann@host.example.com") is Proof.SPF
    assert proof(server, OTHER, "ann@host.example.com") is Proof.SPF
    assert server.asked.count("mail.example.com") == 2


def test_the_envelope_sender_must_be_of_the_domain_in_from_or_above_it(server: LocalDns) -> None:
    assert proof(server, HERS, "bounce@example.net", "mail.example.net") is Proof.SPF
    before = len(server.asked)
    assert proof(server, HERS, "eve@example.net", "example.com") is Proof.NONE
    assert proof(server, HERS, "eve@sub.example.net", "example.net") is Proof.NONE
    assert len(server.asked) == before


def test_a_server_of_ours_and_the_null_sender_ask_nobody(server: LocalDns) -> None:
    assert proof(server, "", "ann@example.net") is Proof.NONE
    assert proof(server, HERS, "", "example.net") is Proof.NONE
    assert server.asked == []


@pytest.mark.parametrize("name", ["endless", "void", "broken", "name", "gone"])
def test_a_policy_that_cannot_be_followed_proves_nothing(server: LocalDns, name: str) -> None:
    assert proof(server, HERS, f"ann@{name}.example.net") is Proof.NONE
    assert len(server.asked) <= 12  # RFC 7208 §4.6.4: ten, the policy itself, and its last


def test_a_resolver_that_is_silent_proves_nothing() -> None:
    silent = SenderPolicy("127.0.0.1:9")
    assert silent.proof(Envelope("ann@example.net", client=HERS), "example.net") is Proof.NONE
