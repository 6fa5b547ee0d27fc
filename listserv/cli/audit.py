"""`quietlist audit`."""

import click

from listserv.cli.output import json_option, open_kit, show
from listserv.domain.audit import AuditLine, Broken
from listserv.domain.errors import Refused
from listserv.services import read_audit


@click.group()
def audit() -> None:
    """Who did what, and when: moderators, owners and the operator."""


@audit.command("list")
@click.argument("address", required=False, default="")
@click.option("--most", default=100, show_default=True, type=click.IntRange(1, 10000))
@json_option
def list_(address: str, most: int, as_json: bool) -> None:
    """The last lines, newest first; of one list, or of all."""
    found = read_audit.newest(open_kit(), address, most)
    show([vars(line) for line in found], as_json, map(_line, found) if found else ["No lines yet."])


@audit.command()
@json_option
def verify(as_json: bool) -> None:
    """Look whether any line was changed or taken out. Keep what it prints elsewhere."""
    found = read_audit.verify_log(open_kit())
    if isinstance(found, Broken):
        raise Refused(
            f"Line {found.line_id} does not follow from those above: the log was changed."
        )
    head = found.head.hex()
    words = [f"{found.lines} lines, none changed. The last one is {head}."]
    show({"lines": found.lines, "head": head}, as_json, words)


def _line(line: AuditLine) -> str:
    ids = (("list", line.list_id), ("member", line.subscription_id), ("post", line.post_id))
    about = " ".join(f"{name}={number}" for name, number in ids if number is not None)
    parts = (f"{line.id}", f"{line.at:%Y-%m-%d %H:%M:%S}", line.actor, line.action, about)
    return "  ".join(part for part in (*parts, line.reason) if part)
