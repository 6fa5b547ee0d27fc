"""A real PostgreSQL of our own: made in a temporary folder, on a free port, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import psycopg

_LOCALES = {"UTF8": "C.UTF-8", "LATIN1": "C", "SQL_ASCII": "C"}


def binaries() -> Path:
    """Where Debian or the path keeps PostgreSQL's server programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    raise RuntimeError("PostgreSQL is not installed; `make test` installs it when run as root")


def _as_nobody() -> list[str]:
    """PostgreSQL refuses to run as root."""
    return (
        ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        if os.getuid() == 0
        else []
    )


@contextmanager
def postgres(durable: bool = False) -> Iterator[str]:
    """The URL of a server that runs for the length of the block. durable: it syncs to disk."""
    folder = Path(mkdtemp(prefix="quietlist-pg-"))
    if os.getuid() == 0:
        os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
    data = folder / "data"
    subprocess.run(
        [
            *_as_nobody(),
            binaries() / "initdb",
            "-D",
            data,
            "-U",
            "quietlist",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
    )
    port = free_port()
    server = subprocess.Popen(
        [
            *_as_nobody(),
            binaries() / "postgres",
            "-D",
            data,
            "-p",
            str(port),
            "-h",
            "127.0.0.1",
            "-k",
            folder,
            "-c",
            f"fsync={'on' if durable else 'off'}",
            "-c",
            "max_connections=200",
        ],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port, server)
        yield f"127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: str, encoding: str = "UTF8") -> Iterator[str]:
    """The SQLAlchemy URL of an empty database on that server."""
    name = f"t{uuid4().hex[:12]}"
    host, port = server.split(":")
    admin = f"host={host} port={port} user=quietlist dbname=postgres"
    with psycopg.connect(admin, autocommit=True) as connection:
        how = f"TEMPLATE template0 ENCODING '{encoding}' LOCALE '{_LOCALES[encoding]}'"
        connection.execute(f'CREATE DATABASE "{name}" {how}'.encode())
    try:
        yield f"postgresql+psycopg://quietlist@{server}/{name}"
    finally:
        with psycopg.connect(admin, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def _wait(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError("PostgreSQL did not start")
        try:
            psycopg.connect(f"host=127.0.0.1 port={port} user=quietlist dbname=postgres").close()
        except psycopg.OperationalError:
            select_pause()
        else:
            return
    raise RuntimeError("PostgreSQL did not answer within a minute")


def select_pause() -> None:
    """A tenth of a second between two looks at a condition."""
    import select

    select.select([], [], [], 0.1)
