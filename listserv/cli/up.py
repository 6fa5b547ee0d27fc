"""`quietlist up`: everything, on one machine."""

import asyncio
import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import IO

import click

from listserv.adapters import bundled_redis
from listserv.cli.own_session import enter_own_session
from listserv.cli.supervisor import Part, Supervisor
from listserv.domain.errors import Refused
from listserv.logs import start_logging
from listserv.settings import Listen, Settings, read_settings, variable

READY_SECONDS = 30.0


@click.command()
@click.option("--demo", is_flag=True, help="Make a small demo list when there is no list yet.")
def up(demo: bool) -> None:
    """Start everything on this machine and keep it running until Ctrl-C."""
    settings = read_settings()
    enter_own_session()
    start_logging("up", settings.log_level)
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = _lock(settings.data / "up.lock")
    _check_ports(settings)
    _once("db", "upgrade")
    if demo:
        _once("demo")
    supervisor_refused = asyncio.run(_supervise(settings))
    lock.close()
    if supervisor_refused:
        raise Refused("A part does not accept its settings; its words stand above.")


async def _supervise(settings: Settings) -> bool:
    supervisor = Supervisor(list(parts(settings)))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, supervisor.stop)
    greeting = asyncio.create_task(_greet(settings))
    await supervisor.run()
    greeting.cancel()
    return supervisor.refused


def parts(settings: Settings) -> Iterator[Part]:
    """Redis is stopped last, and the parts that take mail and visitors first."""
    environment = {**os.environ, "QUIETLIST_DATA_DIR": str(settings.data)}
    if not settings.redis_url:
        command = bundled_redis.command(settings.redis_socket, settings.data / "redis")
        yield Part("redis", command, environment, stage=0)
    if settings.smtp or settings.lmtp:
        yield Part("gateway", quietlist("gateway"), environment, stage=2)
    yield Part("web", quietlist("web"), environment, stage=2)
    here = secrets.token_hex(8)
    for seat in range(1, settings.worker_count + 1):
        seated = {**environment, "QUIETLIST_LEASE": f"{here}:{seat}"}
        yield Part(f"worker-{seat}", quietlist("worker"), seated, stage=1)
    yield Part("scheduler", quietlist("scheduler"), environment, stage=1)


def quietlist(*words: str) -> list[str]:
    """The command line of one of our own commands, with this very interpreter."""
    script = Path(sys.argv[0])
    if script.name != "quietlist":
        script = Path(sys.executable).with_name("quietlist")
    return [sys.executable, str(script), *words]


def _once(*words: str) -> None:
    """Runs one of our commands to its end, in a process that gives its memory back."""
    done = subprocess.run(quietlist(*words), check=False, stdout=subprocess.DEVNULL)  # noqa: S603
    if done.returncode:
        raise Refused(f"`quietlist {' '.join(words)}` did not succeed.")


def _lock(path: Path) -> IO[str]:
    file = path.open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Refused(f"Quietlist runs already on the data in {path.parent}.") from None
    return file


def _check_ports(settings: Settings) -> None:
    """A port that is taken is told of at once, in words."""
    for name, listen in _listens(settings):
        if listen.path:
            continue
        family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((listen.host, listen.port))
            except OSError:
                raise Refused(
                    f"{listen} cannot be listened on: the port is taken, or the address is not of "
                    f"this machine. Set {variable(name)} to another one."
                ) from None


def _listens(settings: Settings) -> list[tuple[str, Listen]]:
    found = {
        "smtp_listen": settings.smtp,
        "lmtp_listen": settings.lmtp,
        "web_listen": settings.web,
    }
    return [(name, listen) for name, listen in found.items() if listen]


async def _greet(settings: Settings) -> None:
    """Says where to send and what to open, once all of it answers."""
    ends = monotonic() + READY_SECONDS
    for _, listen in _listens(settings):
        while not await _answers(listen):
            if monotonic() > ends:
                click.echo(f"{listen} does not answer yet. The lines above may say why.", err=True)
                return
            await asyncio.sleep(0.1)
    lines = ["Quietlist is running. Ctrl-C stops it."]
    if settings.smtp:
        lines.append(f"  Send mail to a list by SMTP:  {settings.smtp}")
    if settings.lmtp:
        lines.append(f"  Hand in mail by LMTP:         {settings.lmtp}")
    lines.append(f"  Open the pages:               http://{settings.web}/")
    if settings.outbox_shown:
        lines.append(f"  Read the copies:              http://{settings.web}/outbox")
    lines.append("  Lists:                        quietlist list names")
    click.echo("\n".join(lines))


async def _answers(listen: Listen) -> bool:
    try:
        if listen.path:
            _, writer = await asyncio.open_unix_connection(listen.path)
        else:
            host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(listen.host, listen.host)  # noqa: S104
            _, writer = await asyncio.open_connection(host, listen.port)
    except OSError:
        return False
    writer.close()
    return True
