"""The gateway's process: listens, and ends in order."""

import asyncio
import os
import signal
import ssl
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from listserv import logs
from listserv.bootstrap import build_kit
from listserv.domain.errors import Refused
from listserv.services.kit import Kit
from listserv.settings import Listen, Settings, host_name
from smtp_gateway.handler import Handler
from smtp_gateway.session import House, LmtpSession, SmtpSession

THREADS = 8
END_SECONDS = 2.5


def run(settings: Settings) -> None:
    """Takes mail until SIGTERM or SIGINT, then finishes what is in flight.

    Raises Refused when it cannot listen.
    """
    asyncio.run(_run(settings, build_kit(settings, "gateway")))


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

    def __init__(self, settings: Settings, kit: Kit) -> None:
        self._settings = settings
        self._executor = ThreadPoolExecutor(THREADS, "post")
        self.house = House(
            Handler(kit, self._executor),
            host_name(),
            settings.size_limit,
            settings.client_networks,
            _tls(settings),
        )
        self._servers: list[asyncio.Server] = []

    async def start(self) -> None:
        """Raises Refused when nothing is to be listened on, or an address is taken."""
        for listen, kind in (
            (self._settings.smtp, SmtpSession),
            (self._settings.lmtp, LmtpSession),
        ):
            if listen:
                await self._listen(listen, kind)
        if not self._servers:
            raise Refused("Set QUIETLIST_SMTP_LISTEN or QUIETLIST_LMTP_LISTEN to listen on.")

    @property
    def ports(self) -> list[int]:
        """The TCP ports that are open, in the order SMTP, LMTP."""
        names = [sock.getsockname() for server in self._servers for sock in server.sockets]
        return [name[1] for name in names if isinstance(name, tuple)]

    async def close(self) -> None:
        """Nobody new; who is idle goes at once, who is sending may finish for a little while."""
        self.house.closing = True
        for server in self._servers:
            server.close()
        for session in list(self.house.sessions):
            if not session.in_data:
                session.end()
        ends = asyncio.get_running_loop().time() + END_SECONDS
        while any(s.in_data for s in self.house.sessions):
            if asyncio.get_running_loop().time() > ends:
                break
            await asyncio.sleep(0.02)
        for session in list(self.house.sessions):
            session.end()
        await asyncio.sleep(0)
        # A post that is being stored is stored; its sender may hear of it by trying again.
        self._executor.shutdown(wait=True, cancel_futures=True)
        logs.event("gateway_ended")

    async def _listen(self, listen: Listen, kind: type[SmtpSession]) -> None:
        loop = asyncio.get_running_loop()
        try:
            if listen.path:
                Path(listen.path).unlink(missing_ok=True)
                server = await loop.create_unix_server(lambda: kind(self.house), listen.path)
                os.chmod(listen.path, 0o660)  # noqa: PTH101  # a socket, not a file of ours
            else:
                server = await loop.create_server(
                    lambda: kind(self.house), listen.host, listen.port
                )
        except OSError as error:
            raise Refused(
                f"The gateway cannot listen on {listen} ({error.strerror or type(error).__name__})."
            ) from None
        self._servers.append(server)
        port = server.sockets[0].getsockname()[1] if not listen.path else None
        logs.event("gateway_ready", kind=kind.__name__, port=port)


def _tls(settings: Settings) -> ssl.SSLContext | None:
    if not settings.tls_certificate:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(settings.tls_certificate, settings.tls_key or None)
    except (OSError, ssl.SSLError) as error:
        raise Refused(
            "The certificate or key in QUIETLIST_TLS_CERTIFICATE and QUIETLIST_TLS_KEY cannot be "
            f"used ({type(error).__name__})."
        ) from None
    return context
