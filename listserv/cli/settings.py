"""`quietlist settings`."""

from dataclasses import fields

import click

from listserv.cli.output import json_option, show
from listserv.cli.settings_told import settings_told
from listserv.settings import Settings, variable


@click.command()
@json_option
def settings(as_json: bool) -> None:
    """Every setting: its value, its default and what it means. Secrets are masked."""
    found = settings_told()
    rows = [_row(found, f.name, str(f.default), dict(f.metadata)) for f in fields(Settings)]
    show(rows, as_json, (line for row in rows for line in _lines(row)))


def _row(found: Settings, name: str, default: str, about: dict[str, str]) -> dict[str, str]:
    value = str(getattr(found, name))
    if about["secret"] and value and not value.startswith("file:"):
        value = "(set, not shown)"
    meaning = about["meaning"]
    return {"name": variable(name), "value": value, "default": default, "meaning": meaning}


def _lines(row: dict[str, str]) -> list[str]:
    default = row["default"] or "empty"
    return [
        f"{row['name']}={row['value']}",
        f"    {row['meaning']} Default: {default}",
    ]
