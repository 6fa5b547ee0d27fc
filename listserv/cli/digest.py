"""`quietlist digest`."""

import click

from listserv.cli.output import json_option, open_kit, show
from listserv.domain.digest import DIGEST_MODES
from listserv.domain.subscription import DeliveryMode
from listserv.services.issue_digests import issue_digests_now


@click.group()
def digest() -> None:
    """Digests."""


@digest.command()
@click.argument("address")
@click.option(
    "--frequency",
    type=click.Choice(sorted(mode.value for mode in DIGEST_MODES)),
    help="Only to those who get it so often; to all who get digests else.",
)
@json_option
def send(address: str, frequency: str | None, as_json: bool) -> None:
    """Send the digests of a list now, whatever the hour; who has nothing new gets none."""
    mode = DeliveryMode(frequency) if frequency else None
    copies = issue_digests_now(open_kit(), address, mode)
    words = "1 copy is" if copies == 1 else f"{copies} copies are"
    show({"list": address, "copies": copies}, as_json, [f"{words} on the way."])
