"""`quietlist db`."""

import click

from listserv.adapters import data_dir
from listserv.settings import read_settings
from listserv.store import migrate
from listserv.store.engine import open_engine


@click.group()
def db() -> None:
    """The database."""


@db.command()
def upgrade() -> None:
    """Bring the tables to this version. Safe to run at any time, on several machines at once."""
    settings = read_settings()
    data_dir.make(settings.data)
    click.echo(f"The database is at version {migrate.upgrade(open_engine(settings.database))}.")
