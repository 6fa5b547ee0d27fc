"""`quietlist dkim`."""

from collections.abc import Iterator, Sequence

import click

from listserv.cli.output import json_option, open_kit, show
from listserv.domain.dkim import DkimAlgorithm, DkimKey
from listserv.services.create_dkim_keys import create_dkim_keys
from listserv.services.remove_dkim_key import remove_dkim_key
from listserv.services.show_dkim_keys import show_dkim_keys
from listserv.services.show_lists import all_lists

_BOTH = "both"
_LONGEST_STRING = 255  # of a TXT record (RFC 1035 §3.3)


@click.group()
def dkim() -> None:
    """Keys that sign the mail of a domain. Every key that is there signs."""


@dkim.command()
@click.argument("domain")
@click.option("--selector", default="quietlist", show_default=True, help="What the key is called.")
@click.option(
    "--algorithm",
    type=click.Choice([*map(str, DkimAlgorithm), _BOTH]),
    default=str(DkimAlgorithm.RSA),
    show_default=True,
    help="Receivers know rsa; ed25519 is short, and not known to all. With both, mail carries two "
    "signatures, and -rsa and -ed25519 are put behind the selector.",
)
def create(domain: str, selector: str, algorithm: str) -> None:
    """Make a key for DOMAIN, and print its DNS record. Mail is signed from now on."""
    if algorithm == _BOTH:
        selectors = {one: f"{selector}-{one}" for one in DkimAlgorithm}
    else:
        selectors = {DkimAlgorithm(algorithm): selector}
    kit = open_kit()
    keys = create_dkim_keys(kit, domain, selectors)
    click.echo("Put this into the DNS; until then receivers take no notice of the signature.")
    for line in _records(keys):
        click.echo(line)
    if keys[0].domain not in {found.domain for found in all_lists(kit)}:
        click.echo(
            f"Note: no list has an address at {keys[0].domain}, so nothing is signed with this "
            "yet. `quietlist list names` prints what lists there are.",
            err=True,
        )


@dkim.command("show")
@click.argument("domain")
@json_option
def show_(domain: str, as_json: bool) -> None:
    """The DNS records of DOMAIN's keys."""
    keys = show_dkim_keys(open_kit(), domain)
    rows = [
        {"selector": key.selector, "algorithm": key.algorithm, "name": key.name, "txt": key.record}
        for key in keys
    ]
    nothing = [f"Mail of {domain} is not signed here. `quietlist dkim create` makes a key."]
    show(rows, as_json, [*_records(keys)] or nothing)


@dkim.command()
@click.argument("domain")
@click.option("--selector", required=True, help="Which of its keys; `dkim show` lists them.")
def remove(domain: str, selector: str) -> None:
    """Take a key of DOMAIN away. Leave its DNS record for a week: mail on its way needs it."""
    remove_dkim_key(open_kit(), domain, selector)
    click.echo("Removed.")


def _records(keys: Sequence[DkimKey]) -> Iterator[str]:
    """For a zone file, where a long text stands in several strings; then as a form takes it."""
    if keys:
        yield "In a zone file:"
    for key in keys:
        starts = range(0, len(key.record), _LONGEST_STRING)
        strings = [f'"{key.record[at : at + _LONGEST_STRING]}"' for at in starts]
        yield f"{key.name}. IN TXT ( {' '.join(strings)} )"
    if keys:
        yield ""
        yield "In a form on your provider's pages, of type TXT (some add your domain to the name):"
    for key in keys:
        yield f"Name:  {key.name}"
        yield f"Value: {key.record}"
