"""`quietlist quarantine`."""

import click

from listserv.cli.output import json_option, open_kit, show
from listserv.services import quarantine as service


@click.group()
def quarantine() -> None:
    """Mail that could not be read, or that nobody is there for; sealed, erased after 14 days."""


@quarantine.command("list")
@json_option
def list_(as_json: bool) -> None:
    """What is in it."""
    rows = [
        {"id": i, "reason": reason, "received_at": at.isoformat(timespec="seconds")}
        for i, reason, at in service.listing(open_kit())
    ]
    lines = [f"{r['id']}  {r['received_at']}  {r['reason']}" for r in rows]
    show(rows, as_json, lines or ["It is empty."])


@quarantine.command("show")
@click.argument("mail_id", metavar="ID")
def show_(mail_id: str) -> None:
    """Print one mail as it came. It names its sender: that is written to the audit log."""
    click.echo(service.read(open_kit(), mail_id))


@quarantine.command()
@click.argument("mail_id", metavar="ID")
def erase(mail_id: str) -> None:
    """Erase one mail."""
    service.erase(open_kit(), mail_id)
    click.echo("Erased.")
