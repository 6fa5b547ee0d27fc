"""`quietlist keys`."""

import click

from listserv.adapters.keys import fresh_key, put_in_front
from listserv.cli.output import open_kit, progress
from listserv.domain.errors import Refused
from listserv.services.rotate_keys import rotate_keys, to_rotate
from listserv.settings import read_settings


@click.group()
def keys() -> None:
    """The secret keys. Whoever has lost them has lost all members; backups leave them out."""


@keys.command()
def new() -> None:
    """Print a fresh key, to be put into QUIETLIST_SECRET_KEYS by hand."""
    click.echo(fresh_key())


@keys.command()
def add() -> None:
    """Put a fresh key in front of those in the keys' file. Then run `keys rotate`."""
    path = read_settings().keys_file
    if path is None:
        raise Refused(
            "The keys stand in QUIETLIST_SECRET_KEYS itself. Put the output of `quietlist keys "
            "new` in front there, restart every part, and then run `quietlist keys rotate`."
        )
    if not path.exists():
        raise Refused(
            f"There are no keys in {path} yet. Put them back, or make the first ones by "
            "starting Quietlist, or with `quietlist keys new`."
        )
    put_in_front(path, fresh_key())
    click.echo(f"A fresh key stands first in {path}. Now run: quietlist keys rotate")


@keys.command()
def rotate() -> None:
    """Seal everything anew under the newest key. It may be stopped and started again."""
    kit = open_kit()
    total = to_rotate(kit)
    done = max(progress(rotate_keys(kit), "Sealing anew"), default=0)
    click.echo(
        f"{done} of {total} sealed anew. Older keys still open links in mail that was sent: "
        "keep them for 60 days, then take them out."
    )
