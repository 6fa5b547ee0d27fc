"""`quietlist demo`: the small list that `make run` begins with."""

import click

from listserv.cli.output import open_kit
from listserv.services.add_members import Newcomer, add_members
from listserv.services.change_list import change_list
from listserv.services.create_list import create_list
from listserv.services.kit import Kit
from listserv.services.show_lists import all_lists

ADDRESS = "demo@lists.example.org"
MEMBERS = ("ann@example.org", "ben@example.org", "cem@example.org")


@click.command(hidden=True)
def demo() -> None:
    """Make the demo list with three members unless there is any list, and say how to try it."""
    kit = open_kit()
    addresses = [found.address for found in all_lists(kit)]
    if not addresses:
        _make(kit)
    if ADDRESS in (addresses or [ADDRESS]):
        click.echo(f"Try it:  write as {', '.join(MEMBERS)} to {ADDRESS}")
        click.echo(f"Its page:  {kit.base_url}/lists/{ADDRESS}")


def _make(kit: Kit) -> None:
    create_list(kit, ADDRESS, "Demo group")
    # There is no front server on a desk that could prove a sender.
    change_list(kit, ADDRESS, {"sender_proof": "off"})
    added = list(add_members(kit, ADDRESS, [Newcomer(email) for email in MEMBERS]))
    click.echo(f"Made {ADDRESS} with {len(added)} members.")
