"""How much one client, and all of them together, may ask of us."""

from collections import Counter
from dataclasses import dataclass, field
from ipaddress import ip_address

from listserv.settings import Network

LONGEST_LINE = 512 * 1024  # bytes; RFC 5322 §2.1.1 says 998, and many programs do not care
IDLE_SECONDS = 300.0  # RFC 5321 §4.5.3.2.7, and as long for one whole DATA
MOST_CONNECTIONS = 400
MOST_PER_CLIENT = 20
MOST_PER_TRUSTED = 300
MOST_RECIPIENTS = 100
COMMANDS_A_SESSION = {"RCPT": 2000, "MAIL": 2000, "DATA": 2000, "RSET": 4000, "NOOP": 200, "*": 50}
MESSAGES_IN_FLIGHT = 48


def is_trusted(peer: object, networks: tuple[Network, ...]) -> bool:
    """Whether a connection may bring Authentication-Results. peer: as asyncio tells it.

    A Unix socket has no address; its file's mode says who may open it.
    """
    if not isinstance(peer, tuple):
        return True
    try:
        address = ip_address(str(peer[0]).partition("%")[0])
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in network for network in networks)


@dataclass
class Connections:
    """Counts what is open, by client. Lives in memory only: no log and no key ever sees it."""

    open: Counter[str] = field(default_factory=Counter)
    in_flight: int = 0

    def enter(self, client: str, trusted: bool) -> bool:
        """Whether one more may come in; counts it when it may."""
        most = MOST_PER_TRUSTED if trusted else MOST_PER_CLIENT
        if self.open[client] >= most or self.open.total() >= MOST_CONNECTIONS:
            return False
        self.open[client] += 1
        return True

    def leave(self, client: str) -> None:
        self.open[client] -= 1
        if self.open[client] <= 0:
            del self.open[client]
