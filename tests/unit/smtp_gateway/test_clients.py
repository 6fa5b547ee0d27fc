from ipaddress import ip_network

import pytest

from smtp_gateway.clients import Client, Clients, source_of
from smtp_gateway.limits import Limits

NETWORKS = (ip_network("127.0.0.0/8"), ip_network("2001:db8:1::/48"))
FAR, NEAR = ("192.0.2.1", 25), ("127.0.0.1", 25)


def made(**limits: int) -> Clients:
    return Clients(Limits(**limits), NETWORKS, size_limit=10)


def let_in(clients: Clients, peer: object) -> Client:
    client = clients.enter(peer)
    assert client is not None
    return client


@pytest.mark.parametrize(
    ("peer", "trusted"),
    [
        (("127.0.0.1", 1), True),
        (("::ffff:127.0.0.1", 1, 0, 0), True),
        (("2001:db8:1::5", 1, 0, 0), True),
        (("2001:db8:2::5", 1, 0, 0), False),
        (("fe80::1%eth0", 1, 0, 2), False),
        (("192.0.2.1", 1), False),
        (("nonsense", 1), False),
        ("", True),
        (None, True),
    ],
)
def test_who_is_trusted(peer: object, trusted: bool) -> None:
    assert source_of(peer, NETWORKS)[1] is trusted


def test_one_network_of_ipv6_is_one_source() -> None:
    one, other = source_of(("2001:db8:2::5", 1), ()), source_of(("2001:db8:2::6", 1), ())
    assert one == other != source_of(("2001:db8:2:1::5", 1), ())


def test_one_client_has_a_limit_and_others_still_come_in() -> None:
    clients = made(per_client=2, per_trusted=3)
    assert [clients.enter(FAR) is not None for _ in range(3)] == [True, True, False]
    assert [clients.enter(NEAR) is not None for _ in range(4)] == [True, True, True, False]
    assert clients.enter(("192.0.2.2", 25)) is not None


def test_all_together_have_a_limit() -> None:
    clients = made(connections=2)
    assert [clients.enter((f"192.0.2.{n}", 1)) is not None for n in range(3)] == [True, True, False]


def test_who_leaves_makes_room_and_is_forgotten() -> None:
    clients = made(per_client=1)
    clients.leave(let_in(clients, FAR))
    assert clients.known == {} and clients.enter(FAR) is not None


def test_one_client_may_not_hold_all_memory() -> None:
    clients = made(held=100, held_per_client=50)
    far = let_in(clients, FAR)
    assert clients.hold(far, 50) and not clients.hold(far, 50)
    near = let_in(clients, NEAR)
    assert clients.hold(near, 50) and not clients.hold(near, 20)
    clients.let_go(near, 50)
    assert clients.hold(near, 20)


def test_one_message_of_full_size_always_finds_room() -> None:
    clients = Clients(Limits(held=1, held_per_client=1), NETWORKS, size_limit=1000)
    client = let_in(clients, FAR)
    assert clients.hold(client, 600) and clients.hold(client, 500)
    assert not clients.hold(client, 600)
