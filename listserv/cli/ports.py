"""Where the parts listen: free before they start, and answering once they run."""

import asyncio
import socket
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from listserv.domain.errors import Refused
from listserv.settings import Listen, Settings, variable

LOOK_EVERY = 0.1

# What one connects to when something listens on every address.
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104


def check_free(settings: Settings) -> None:
    """Raises Refused, in words that name the setting, for a port that is taken."""
    for name, listen in _named(settings).items():
        if listen is None or listen.path:
            continue
        try:
            with socket.socket(_family(listen), socket.SOCK_STREAM) as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trial.bind((listen.host, listen.port))
        except OSError:
            raise Refused(
                f"{listen} cannot be listened on: the port is taken, or the address is not of "
                f"this machine. Set {variable(name)} to another one."
            ) from None


def of(settings: Settings) -> list[Listen]:
    """Where something should answer; a port that the system chooses is not known here."""
    found = [listen for listen in _named(settings).values() if listen]
    return [listen for listen in found if listen.path or listen.port]


def socket_of(path: Path) -> Listen:
    return Listen(path=str(path))


async def answer(places: Sequence[Listen], seconds: float) -> Listen | None:
    """Waits until each takes a connection; gives the first that does not within the time."""
    ends = monotonic() + seconds
    for listen in places:
        while not await _answers(listen):
            if monotonic() > ends:
                return listen
            await asyncio.sleep(LOOK_EVERY)
    return None


async def _answers(listen: Listen) -> bool:
    try:
        if listen.path:
            _, writer = await asyncio.open_unix_connection(listen.path)
        else:
            host = _EVERYWHERE.get(listen.host, listen.host)
            _, writer = await asyncio.open_connection(host, listen.port)
    except OSError:
        return False
    writer.close()
    return True


def _family(listen: Listen) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in listen.host else socket.AF_INET


def _named(settings: Settings) -> dict[str, Listen | None]:
    return {
        "smtp_listen": settings.smtp,
        "lmtp_listen": settings.lmtp,
        "web_listen": settings.web,
    }
