"""`quietlist doctor`."""

import sys

import click

from listserv.cli.checkup import checkup
from listserv.cli.output import json_option, show
from listserv.settings import read_settings


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Check settings, database, Redis, relay, keys and DNS: each on a line, with what to do."""
    findings = list(checkup(read_settings()))
    marks = {"ok": "ok  ", "warning": "look", "error": "BAD "}
    show(
        [{"check": f.check, "level": f.level, "words": f.words} for f in findings],
        as_json,
        [f"{marks[f.level]}  {f.check}: {f.words}" for f in findings],
    )
    if any(f.level == "error" for f in findings):
        sys.exit(1)
