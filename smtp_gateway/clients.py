"""Who is connected, and what each of them holds. In memory only: no log and no key sees it."""

import asyncio
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from listserv.settings import Network
from smtp_gateway.limits import Limits

_UNIX = "unix"


@dataclass
class Client:
    """One source of connections. turn: how many of its messages may be worked on at once."""

    name: str
    trusted: bool
    turn: asyncio.Semaphore
    connections: int = 0
    held: int = 0


@dataclass
class Clients:
    """Keeps one client from taking what all need (connections, memory, threads)."""

    limits: Limits
    networks: tuple[Network, ...]
    size_limit: int
    known: dict[str, Client] = field(default_factory=dict)
    connections: int = 0
    held: int = 0

    def enter(self, peer: object) -> Client | None:
        """Counts one more connection, or gives None when it is one too many.

        peer: as asyncio tells it. A Unix socket has no address; the mode of its
        file says who may open it, so it is trusted.
        """
        name, trusted = source_of(peer, self.networks)
        client = self.known.get(name)
        most = self.limits.per_trusted if trusted else self.limits.per_client
        if self.connections >= self.limits.connections or (client and client.connections >= most):
            return None
        if client is None:
            at_once = self.limits.per_trusted if trusted else self.limits.mails_at_once
            client = self.known[name] = Client(name, trusted, asyncio.Semaphore(at_once))
        client.connections += 1
        self.connections += 1
        return client

    def leave(self, client: Client) -> None:
        self.connections -= 1
        client.connections -= 1
        if not client.connections:
            del self.known[client.name]

    def hold(self, client: Client, count: int) -> bool:
        """Whether `count` bytes more find room; counts them when they do."""
        # The largest message that is allowed must always fit when nobody else sends.
        room = max(self.limits.held, self.size_limit + count)
        share = max(self.limits.held_per_client, self.size_limit + count)
        if self.held + count > room or (not client.trusted and client.held + count > share):
            return False
        self.held += count
        client.held += count
        return True

    def let_go(self, client: Client, count: int) -> None:
        self.held -= count
        client.held -= count


@dataclass
class Share:
    """The room of one message of a client, in bytes."""

    clients: Clients
    client: Client
    held: int = 0

    def more(self, count: int) -> bool:
        """Whether `count` bytes more find room; keeps them for this message when they do."""
        granted = self.clients.hold(self.client, count)
        self.held += count if granted else 0
        return granted

    def let_go(self) -> None:
        """Gives all of it to others."""
        self.clients.let_go(self.client, self.held)
        self.held = 0


def source_of(peer: object, networks: tuple[Network, ...]) -> tuple[str, bool]:
    """A name for where a connection comes from, and whether it is trusted.

    Addresses of one IPv6 /64 are one source: a single machine has them all.
    """
    if not isinstance(peer, tuple):
        return _UNIX, True
    address = _address(peer)
    if address is None:
        return str(peer[0]), False
    trusted = any(address in network for network in networks)
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, 64), strict=False)), trusted
    return str(address), trusted


def address_of(peer: object) -> str:
    """The very address of a client; "" where it has none."""
    address = _address(peer) if isinstance(peer, tuple) else None
    return str(address or "")


def _address(peer: tuple[object, ...]) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(str(peer[0]).partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
