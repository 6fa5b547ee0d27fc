"""Sockets to listen on, and the certificate to encrypt with."""

import asyncio
import errno
import os
import socket
import ssl
import stat
from collections.abc import Callable
from pathlib import Path

from listserv.domain.errors import Refused
from listserv.settings import Listen, Settings

_BACKLOG = 256


async def listen_on(listen: Listen, protocol: Callable[[], asyncio.Protocol]) -> asyncio.Server:
    """A server that makes a protocol for each connection.

    Raises Refused, in words, when the address cannot be had.
    """
    loop = asyncio.get_running_loop()
    try:
        if listen.path:
            return await loop.create_unix_server(protocol, sock=_unix(Path(listen.path)))
        # From host and port rather than from a socket of ours: asyncio switches the delay of
        # small answers (Nagle) off only for sockets that it has made itself.
        return await loop.create_server(protocol, listen.host, listen.port, backlog=_BACKLOG)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Refused(f"The gateway cannot listen on {listen} ({why}).") from None


def read_certificate(settings: Settings) -> ssl.SSLContext | None:
    """What STARTTLS needs, or None when no certificate is set. Raises Refused."""
    if not settings.tls_certificate:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(settings.tls_certificate, settings.tls_key or None)
    except OSError as error:  # ssl.SSLError is one too
        raise Refused(
            "The certificate or key in QUIETLIST_TLS_CERTIFICATE and QUIETLIST_TLS_KEY cannot be "
            f"used ({type(error).__name__})."
        ) from None
    return context


def _unix(path: Path) -> socket.socket:
    _remove_stale(path)
    made = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o117)  # 0660 from its first moment: who may open it is trusted
    try:
        made.bind(str(path))
    except OSError:
        made.close()
        raise
    finally:
        os.umask(before)
    return made


def _remove_stale(path: Path) -> None:
    """A gateway that was killed leaves its socket behind. Nothing else is ever removed."""
    try:
        if not stat.S_ISSOCK(path.lstat().st_mode):
            raise FileExistsError(errno.EEXIST, "a file of that name is in the way")
    except FileNotFoundError:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        if probe.connect_ex(str(path)) == 0:
            raise FileExistsError(errno.EADDRINUSE, "another gateway listens there")
    path.unlink()
