"""`quietlist status` and `quietlist release`."""

from collections.abc import Iterator

import click

from listserv.cli.output import json_option, open_kit, show
from listserv.domain.delivery import DeliveryState
from listserv.services.release_parked import release_parked
from listserv.services.status import Copies
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
            f"Posts that wait for somebody:      {found.held}",
            f"Copies:     {copies}",
            f"Sent:       {found.copies.sent_last_minute} in the last minute, "
            f"{found.copies.sent_last_hour} in the last hour",
            f"Oldest:     {_duration(found.copies.oldest_seconds)}",
            f"Notices:    {notices}",
            f"Quarantine: {found.quarantine}",
            f"Redis:      {found.redis}",
            *_lists(found.lists),
        ],
    )


def _lists(lists: dict[int, Copies]) -> Iterator[str]:
    """Those that have something to send; all of them are in --json."""
    for list_id, copies in lists.items():
        waiting = copies.by_state[DeliveryState.PENDING], copies.by_state[DeliveryState.DEFERRED]
        if any(waiting):
            yield (
                f"List {list_id}: {waiting[0]} pending, {waiting[1]} deferred, "
                f"oldest {_duration(copies.oldest_seconds)}, "
                f"{copies.sent_last_minute} sent in the last minute"
            )


def _duration(seconds: int) -> str:
    """Long enough to tell a moment from a day."""
    if not seconds:
        return "none waits"
    if seconds < 120:
        return f"{seconds} seconds"
    return f"{seconds // 60} minutes" if seconds < 7200 else f"{seconds // 3600} hours"


@click.command()
def release() -> None:
    """Try parked copies again: those that were set aside because every try failed."""
    number = release_parked(open_kit())
    click.echo(f"{number} copies will be tried again.")
