"""The parts, each runnable alone on as many machines as wanted.

They are started by name: this edge imports no other edge.
"""

import os
import sys
from importlib import import_module

import click

from listserv.cli.settings_told import settings_told
from listserv.cli.supervisor import BAD_SETTING, SUPERVISED
from listserv.domain.errors import Refused
from listserv.logs import start_logging
from listserv.settings import read_settings


def _run(part: str, module: str) -> None:
    try:
        settings = read_settings() if SUPERVISED in os.environ else settings_told()
        start_logging(part, settings.log_level)
        import_module(module).run(settings)
    except Refused as refusal:
        if SUPERVISED not in os.environ:
            raise
        # No second start would help: `up` ends everything at this code instead of trying again.
        click.echo(refusal, err=True)
        sys.exit(BAD_SETTING)


@click.command()
def gateway() -> None:
    """Take mail by SMTP and LMTP."""
    _run("gateway", "smtp_gateway.server")


@click.command()
def web() -> None:
    """Serve the pages."""
    _run("web", "web.server")


@click.command()
def worker() -> None:
    """Make and send copies."""
    _run("worker", "workers.worker")


@click.command()
def scheduler() -> None:
    """Ring for what is due, and erase what is past its time."""
    _run("scheduler", "workers.schedule")
