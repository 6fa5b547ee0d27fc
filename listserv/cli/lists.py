"""`quietlist list`."""

from collections.abc import Iterable, Iterator

import click

from listserv.cli.output import json_option, open_kit, pairs, show
from listserv.domain.list_settings import PRESETS, SCHEMA, as_text
from listserv.domain.mailing_list import MailingList
from listserv.services.change_list import change_list
from listserv.services.create_list import create_list
from listserv.services.show_lists import all_lists, one_list

_WIDTH = max(len(s.name) for s in SCHEMA)
_EPILOG = "\n".join(f"  {s.name:<{_WIDTH}} {s.values}: {s.help}" for s in SCHEMA)


@click.group("list")
def list_() -> None:
    """Lists and their settings."""


@list_.command()
@click.argument("address")
@click.option("--title", default="", help="What the list is called; made from the address else.")
@click.option(
    "--preset",
    "preset_name",
    type=click.Choice(list(PRESETS)),
    default="discussion",
    show_default=True,
    help="The settings that it begins with.",
)
@json_option
def create(address: str, title: str, preset_name: str, as_json: bool) -> None:
    """Make a list."""
    made = create_list(open_kit(), address, title, preset_name)
    show(_data(made), as_json, [f"The list {made.address} is ready."])


@list_.command("set", epilog=f"\b\nSettings:\n{_EPILOG}")
@click.argument("address")
@click.argument("changes", nargs=-1, required=True, metavar="NAME=VALUE...")
@json_option
def set_(address: str, changes: tuple[str, ...], as_json: bool) -> None:
    """Change settings of a list, all that are named or none, and say what they were."""
    kit, wanted = open_kit(), pairs(changes)
    before, _ = one_list(kit, address)
    changed = change_list(kit, address, wanted)
    show(_data(changed), as_json, _changes(before, changed, wanted))
    if changed.settings.loses_weekly:
        click.echo(
            f"Note: posts are erased here {changed.settings.keep_posts} days after they went out. "
            "Whoever reads weekly digests does not get what was erased before theirs came; "
            "with keep_posts=8 or more they get all.",
            err=True,
        )


@list_.command("show")
@click.argument("address")
@json_option
def show_(address: str, as_json: bool) -> None:
    """A list and its settings."""
    found, counts = one_list(open_kit(), address)
    show(
        {**_data(found), "members": counts},
        as_json,
        [*_lines(found), *(f"members {state}: {number}" for state, number in counts.items())],
    )


@list_.command()
@json_option
def names(as_json: bool) -> None:
    """The addresses of all lists."""
    found = [mailing_list.address for mailing_list in all_lists(open_kit())]
    show(found, as_json, found or ["There is no list yet. Make one: quietlist list create ADDRESS"])


def _data(found: MailingList) -> dict[str, object]:
    return {
        "number": found.id,
        "address": found.address,
        "title": found.title,
        "settings": _settings(found),
    }


def _lines(found: MailingList) -> list[str]:
    return [
        f"number={found.id}",
        f"address={found.address}",
        f"title={found.title}",
        *(f"{name}={value}" for name, value in _settings(found).items()),
    ]


def _changes(before: MailingList, after: MailingList, names: Iterable[str]) -> Iterator[str]:
    """What each named setting is now, and what it was."""
    old, new = _settings(before), _settings(after)
    for name in names:
        was = "as before" if old[name] == new[name] else f"was {old[name] or 'empty'}"
        yield f"{name}={new[name]} ({was})"


def _settings(found: MailingList) -> dict[str, str]:
    return as_text(found.settings) | {"outer_name": found.outer_name}
