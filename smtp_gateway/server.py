"""The gateway's process: listens, and ends in order."""

import asyncio
import gc
import signal

from listserv import logs
from listserv.bootstrap import build_kit
from listserv.domain.errors import Refused
from listserv.services.kit import Kit
from listserv.settings import Settings, host_name
from smtp_gateway.clients import Clients
from smtp_gateway.handler import Handler
from smtp_gateway.house import House
from smtp_gateway.limits import Limits
from smtp_gateway.listening import listen_on, read_certificate
from smtp_gateway.session import LmtpSession, SmtpSession

_BETWEEN_LOOKS = 0.02
_NEW_OBJECTS = 20_000


def run(settings: Settings) -> None:
    """Takes mail until SIGTERM or SIGINT, then finishes what is in flight.

    Raises Refused when it cannot listen.
    """
    look_seldom_for_cycles()
    asyncio.run(_run(settings, build_kit(settings, "gateway")))


def look_seldom_for_cycles() -> None:
    """Every 20,000 new objects, and not every 700.

    Cleaning a mail makes many objects at once and no cycles: looking for some among them took two
    fifths of the time of the longest pages.
    """
    gc.set_threshold(_NEW_OBJECTS)


async def _run(settings: Settings, kit: Kit) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    gateway = Gateway(settings, kit)
    await gateway.start()
    await stop.wait()
    await gateway.close()


class Gateway:
    """The listening sockets and the sessions on them."""

    def __init__(self, settings: Settings, kit: Kit, limits: Limits | None = None) -> None:
        limits = limits or Limits()
        self._settings = settings
        self._house = House(
            handler=Handler(kit, limits),
            clients=Clients(limits, settings.client_networks, settings.size_limit),
            limits=limits,
            host_name=host_name(),
            size_limit=settings.size_limit,
            tls=read_certificate(settings),
        )
        self._servers: list[asyncio.Server] = []

    async def start(self) -> None:
        """Raises Refused when nothing is to be listened on, or an address is taken."""
        await self._listen("smtp", SmtpSession)
        await self._listen("lmtp", LmtpSession)
        if not self._servers:
            raise Refused("Set QUIETLIST_SMTP_LISTEN or QUIETLIST_LMTP_LISTEN to listen on.")

    @property
    def ports(self) -> list[int]:
        """The TCP ports that are open, in the order SMTP, LMTP."""
        names = [sock.getsockname() for server in self._servers for sock in server.sockets]
        return [name[1] for name in names if isinstance(name, tuple)]

    async def close(self) -> None:
        """Nobody new; who is idle goes at once, who is sending may finish for a little while."""
        self._house.closing = True
        for server in self._servers:
            server.close()
        for session in list(self._house.sessions):
            if not session.in_transaction:
                session.end()
        await self._wait_for_sessions(self._house.limits.close_seconds)
        for session in list(self._house.sessions):
            session.end()
        await self._wait_for_sessions(_BETWEEN_LOOKS)
        for session in list(self._house.sessions):
            session.drop()
        # A post that is being stored is stored; its sender may hear of it by trying again.
        self._house.handler.close()
        logs.event("gateway_ended")

    async def _wait_for_sessions(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        ends = loop.time() + seconds
        while self._house.sessions and loop.time() < ends:
            await asyncio.sleep(_BETWEEN_LOOKS)

    async def _listen(self, protocol: str, kind: type[SmtpSession]) -> None:
        listen = self._settings.smtp if protocol == "smtp" else self._settings.lmtp
        if listen is None:
            return
        server = await listen_on(listen, lambda: kind(self._house))
        self._servers.append(server)
        port = None if listen.path else server.sockets[0].getsockname()[1]
        logs.event("gateway_ready", protocol=protocol, port=port)
