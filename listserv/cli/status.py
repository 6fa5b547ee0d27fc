"""`quietlist status` and `quietlist release`."""

import click

from listserv.cli.output import json_option, open_kit, show
from listserv.services.release_parked import release_parked
from listserv.services.status import status as ask


@click.command()
@json_option
def status(as_json: bool) -> None:
    """How much waits where."""
    found = ask(open_kit())
    copies = ", ".join(f"{number} {state}" for state, number in found.deliveries.items())
    notices = ", ".join(f"{number} {state}" for state, number in found.notices.items())
    show(
        found.as_dict(),
        as_json,
        [
            f"Posts that wait for their copies: {found.inbound}",
            f"Posts that wait for a moderator:  {found.held}",
            f"Copies:     {copies}",
            f"Notices:    {notices}",
            f"Quarantine: {found.quarantine}",
            f"Redis:      {found.redis}",
        ],
    )


@click.command()
def release() -> None:
    """Try parked copies again: those that were set aside because every try failed."""
    number = release_parked(open_kit())
    click.echo(f"{number} copies will be tried again.")
