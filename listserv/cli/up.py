"""`quietlist up`: everything, on one machine."""

import asyncio
import fcntl
import os
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import IO

import click

from listserv.adapters import bundled_redis, data_dir
from listserv.cli import ports
from listserv.cli.own_session import (
    end_with_starter,
    enter_own_session,
    heard_signals,
    take_signals,
)
from listserv.cli.seats import seat_names
from listserv.cli.settings_told import settings_told
from listserv.cli.supervisor import SUPERVISED, Part, Stage, Supervisor
from listserv.domain.errors import Refused
from listserv.logs import start_logging
from listserv.settings import Settings, variable

READY_SECONDS = 30.0
REDIS_SECONDS = 5.0


@click.command()
@click.option("--demo", is_flag=True, help="Make a small demo list when there is no list yet.")
@click.option("--attached", is_flag=True, help="Stop, too, when the program that started it ends.")
def up(demo: bool, attached: bool) -> None:
    """Start everything on this machine and keep it running until Ctrl-C."""
    if attached:
        end_with_starter()
    settings = settings_told()
    enter_own_session()
    start_logging("up", settings.log_level)
    data_dir.make(settings.data)
    with _lock(settings.data / "up.lock"):
        ports.check_free(settings)
        asyncio.run(_supervise(settings, demo))


async def _supervise(settings: Settings, demo: bool) -> None:
    supervisor = Supervisor()
    loop = asyncio.get_running_loop()
    for number in heard_signals():
        loop.add_signal_handler(number, supervisor.stop)
    take_signals()
    try:
        await supervisor.unless_stopped(_begin(supervisor, settings, demo))
        await supervisor.stopping.wait()
    finally:
        await supervisor.end()


async def _begin(supervisor: Supervisor, settings: Settings, demo: bool) -> None:
    environment = _environment(settings)
    await supervisor.once(quietlist("db", "upgrade"), environment)
    about_demo = await supervisor.once(quietlist("demo"), environment) if demo else ""
    if not settings.redis_url:
        command = bundled_redis.command(settings.redis_socket, settings.data / "redis")
        supervisor.keep(Part("redis", command, environment, Stage.REDIS))
        await ports.answer([ports.socket_of(settings.redis_socket)], REDIS_SECONDS)
    for part in _parts(settings, environment):
        supervisor.keep(part)
    late = await ports.answer(ports.of(settings), READY_SECONDS)
    supervisor.settled = True
    if late:
        click.echo(f"{late} does not answer yet. The lines above may say why.", err=True)
        return
    click.echo("\n".join(_greeting(settings, about_demo)))


def _parts(settings: Settings, environment: dict[str, str]) -> Iterator[Part]:
    if settings.smtp or settings.lmtp:
        yield Part("gateway", quietlist("gateway"), environment, Stage.EDGE)
    yield Part("web", quietlist("web"), environment, Stage.EDGE)
    for number, seat in enumerate(seat_names(settings.data, settings.worker_count), 1):
        seated = {**environment, "QUIETLIST_LEASE": seat}
        yield Part(f"worker-{number}", quietlist("worker"), seated, Stage.WORK)
    yield Part("scheduler", quietlist("scheduler"), environment, Stage.WORK)


def _environment(settings: Settings) -> dict[str, str]:
    """Ours, with every setting as it was read, so that all parts agree."""
    read = {variable(f.name): str(getattr(settings, f.name)) for f in fields(Settings)}
    return {**os.environ, **read, "QUIETLIST_DATA_DIR": str(settings.data), SUPERVISED: "1"}


def quietlist(*words: str) -> list[str]:
    """The command line of one of our own commands, with this very interpreter.

    `ps` shows it as `quietlist WORD`, which `python -m listserv WORD` would not.
    """
    for script in (Path(sys.executable).with_name("quietlist"), Path(sys.argv[0]).absolute()):
        if script.name == "quietlist" and script.is_file():
            return [sys.executable, str(script), *words]
    return [sys.executable, "-m", "listserv", *words]


def _lock(path: Path) -> IO[str]:
    """Held until it is closed. Raises Refused when another process holds it."""
    file = path.open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise Refused(f"Quietlist runs already on the data in {path.parent}.") from None
    return file


def _greeting(settings: Settings, about_demo: str) -> Iterator[str]:
    yield "Quietlist is running. Ctrl-C stops it."
    if settings.smtp:
        yield f"  Send mail to a list by SMTP:  {settings.smtp}"
    if settings.lmtp:
        yield f"  Hand in mail by LMTP:         {settings.lmtp}"
    yield f"  Open the pages:               http://{settings.web}/"
    if settings.outbox_shown:
        yield f"  Read the copies:              http://{settings.web}/outbox"
    yield f"  Lists:                        {Path(quietlist()[1])} list names"
    yield from (f"  {line}" for line in about_demo.splitlines())
