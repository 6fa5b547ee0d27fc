"""How commands print: words for people, or JSON."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import click

from listserv.bootstrap import build_kit
from listserv.services.kit import Kit
from listserv.settings import read_settings

F = TypeVar("F", bound=Callable[..., Any])


def open_kit() -> Kit:
    """The wired parts, for one command."""
    return build_kit(read_settings(), "cli")


def json_option(command: F) -> F:
    """`--json`: print data for programs."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def notify_option(command: F) -> F:
    """`--notify`: tell the member by mail."""
    return click.option("--notify", is_flag=True, help="Tell the member by mail.")(command)


def show(data: Any, as_json: bool, lines: Iterable[str]) -> None:
    """Prints `data` as JSON, or the lines."""
    if as_json:
        click.echo(json.dumps(data, indent=2, ensure_ascii=False, default=str))
    else:
        for line in lines:
            click.echo(line)


def on_terminal() -> bool:
    """Whether a person is watching: heads of columns are for them, and not for programs."""
    return sys.stdout.isatty()


def pairs(arguments: Sequence[str]) -> Mapping[str, str]:
    """NAME=VALUE arguments as a mapping."""
    found: dict[str, str] = {}
    for argument in arguments:
        name, equals, value = argument.partition("=")
        if not equals:
            raise click.UsageError(f"{argument} is not of the form NAME=VALUE.")
        found[name.strip()] = value
    return found


def progress(items: Iterable[Any], label: str, length: int | None = None) -> Iterable[Any]:
    """The items, with a bar on standard error when a person is watching."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label=label, length=length, file=sys.stderr) as bar:
        yield from bar
