"""`quietlist member`."""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from listserv.cli.output import json_option, notify_option, open_kit, pairs, progress, show
from listserv.domain.errors import QuietlistError, Refused
from listserv.domain.subscription import DeliveryMode, Role
from listserv.services.add_members import Newcomer, add_members
from listserv.services.ban_member import ban_member, unban_member
from listserv.services.change_member import change_member
from listserv.services.find_member import ids_of
from listserv.services.invite import invite
from listserv.services.note_member import note_member, notes_about
from listserv.services.remove_member import remove_member
from listserv.services.reveal_member import reveal_member
from listserv.services.show_members import roster


@click.group()
def member() -> None:
    """The members of a list, by handle or address."""


@member.command()
@click.argument("address")
@click.argument("emails", nargs=-1, metavar="[EMAIL]...")
@click.option(
    "--file",
    "file",
    type=click.Path(),
    help="One address a line, or CSV with a header email,handle,delivery; - reads standard input.",
)
@click.option("--handle", default="", help="What others see; drawn at random else.")
@click.option(
    "--delivery",
    type=click.Choice([m.value for m in DeliveryMode]),
    default="each",
    show_default=True,
)
@click.option(
    "--role", type=click.Choice([r.value for r in Role]), default="member", show_default=True
)
@notify_option
@json_option
def add(
    address: str,
    emails: tuple[str, ...],
    file: str | None,
    handle: str,
    delivery: str,
    role: str,
    notify: bool,
    as_json: bool,
) -> None:
    """Subscribe addresses at once, on your word."""
    newcomers = [Newcomer(e, handle, DeliveryMode(delivery), Role(role)) for e in emails]
    if file:
        newcomers += _from_file(file, DeliveryMode(delivery), Role(role))
    if not newcomers:
        raise click.UsageError("Name at least one address, or a --file.")
    if handle and len(newcomers) > 1:
        raise click.UsageError("--handle goes with one address.")
    results = list(
        progress(
            add_members(open_kit(), address, newcomers, notify), "Adding members", len(newcomers)
        )
    )
    problems = [
        {"number": number, "problem": result.problem}
        for number, result in enumerate(results, start=1)
        if result.problem
    ]
    new = sum(result.new for result in results)
    known = len(results) - new - len(problems)
    words = [f"{new} added, {known} were members already."]
    if new == 1:
        words += [f"handle={result.handle}" for result in results if result.new]
    handles = [result.handle for result in results if result.new]
    data = {"added": new, "known": known, "handles": handles, "problems": problems}
    show(data, as_json, words)
    if problems:
        first = problems[0]
        raise Refused(
            f"{len(problems)} could not be added. Number {first['number']}: {first['problem']}"
        )


@member.command("invite")
@click.argument("address")
@click.argument("emails", nargs=-1, metavar="[EMAIL]...")
@click.option("--file", "file", type=click.Path(), help="One address a line; - is standard input.")
@json_option
def invite_(address: str, emails: tuple[str, ...], file: str | None, as_json: bool) -> None:
    """Ask people whether they would like to join. Who says yes is in."""
    people = [*emails, *(one.email for one in _from_file(file))] if file else list(emails)
    if not people:
        raise click.UsageError("Name at least one address, or a --file.")
    sent = invite(open_kit(), address, people)
    show({"invited": sent}, as_json, [f"{sent} invitations are on their way."])


@member.command("list")
@click.argument("address")
@json_option
def list_(address: str, as_json: bool) -> None:
    """Handles and states; never addresses."""
    rows = [
        {"handle": s.handle, "state": s.state, "delivery": s.delivery, "role": s.role}
        for s in roster(open_kit(), address)
    ]
    lines = (f"{r['handle']:<42}{r['state']:<11}{r['delivery']:<8}{r['role']}" for r in rows)
    show(rows, as_json, lines if rows else ["The list has no members yet."])


@member.command("set")
@click.argument("address")
@click.argument("who", metavar="EMAIL|HANDLE")
@click.argument("changes", nargs=-1, required=True, metavar="NAME=VALUE...")
@notify_option
@json_option
def set_(address: str, who: str, changes: tuple[str, ...], notify: bool, as_json: bool) -> None:
    """Change delivery, role, state, handle, moderated, trusted or muted_until.

    state=active lets somebody in who waits. moderated=yes has each of their posts wait,
    trusted=yes none of the first ones, muted_until=2026-12-24 takes none before that day.
    """
    found = change_member(open_kit(), address, who, pairs(changes), notify)
    data = {
        "handle": found.handle,
        "state": found.state,
        "delivery": found.delivery,
        "role": found.role,
        "moderated": "yes" if found.moderated else "no",
        "trusted": "yes" if found.trusted else "no",
        "muted_until": found.muted_until.date().isoformat() if found.muted_until else "none",
    }
    show(data, as_json, [f"{name}={value}" for name, value in data.items()])


@member.command()
@click.argument("address")
@click.argument("who", metavar="EMAIL|HANDLE")
def ban(address: str, who: str) -> None:
    """Take somebody off a list, tell them, and take no more mail from their address."""
    handle = ban_member(open_kit(), address, who)
    click.echo(f"{handle or 'That address'} is banned.")


@member.command()
@click.argument("address")
@click.argument("who", metavar="EMAIL|HANDLE")
def unban(address: str, who: str) -> None:
    """Lift a ban. It does not bring anybody back: they may join again."""
    unban_member(open_kit(), address, who)
    click.echo("The ban is lifted.")


@member.command()
@click.argument("address")
@click.argument("handle")
@click.option("--add", default="", help="Words to keep about them; sealed, for moderators only.")
@json_option
def note(address: str, handle: str, add: str, as_json: bool) -> None:
    """What moderators wrote about somebody, and what a newcomer answered."""
    kit = open_kit()
    list_id, subscription_id = ids_of(kit, address, handle)
    if add:
        note_member(kit, list_id, subscription_id, add)
    found = notes_about(kit, list_id, subscription_id)
    lines = [f"{n.created_at:%Y-%m-%d}  {n.moderator or n.kind}: {n.text}" for n in found]
    show([vars(n) for n in found], as_json, lines or ["There are no notes."])


@member.command()
@click.argument("address")
@click.argument("who", nargs=-1, required=True, metavar="EMAIL|HANDLE...")
@notify_option
def remove(address: str, who: tuple[str, ...], notify: bool) -> None:
    """End subscriptions. Who is on no list any more is erased."""
    kit = open_kit()
    failed: list[str] = []
    for number, one in enumerate(progress(who, "Removing members", len(who)), start=1):
        try:
            remove_member(kit, address, one, notify)
        except QuietlistError as problem:
            failed.append(f"Number {number}: {problem}")
    click.echo(f"{len(who) - len(failed)} removed.")
    if failed:
        raise Refused(f"{len(failed)} could not be removed. {failed[0]}")


@member.command()
@click.argument("address")
@click.argument("handle")
@click.option("--reason", required=True, help="Why; it is written to the audit log.")
@json_option
def reveal(address: str, handle: str, reason: str, as_json: bool) -> None:
    """The address behind a handle: the one way to it, and every use is on record."""
    email = reveal_member(open_kit(), address, handle, reason)
    show({"email": email}, as_json, [email])


def _from_file(
    name: str, delivery: DeliveryMode = DeliveryMode.EACH, role: Role = Role.MEMBER
) -> list[Newcomer]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise Refused(f"{name} cannot be read ({type(problem).__name__}).") from None
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and "email" in lines[0].lower().replace(" ", "").split(","):
        return list(_from_csv(lines, delivery, role))
    return [Newcomer(line, "", delivery, role) for line in lines if not line.startswith("#")]


def _from_csv(lines: list[str], delivery: DeliveryMode, role: Role) -> Iterator[Newcomer]:
    for number, row in enumerate(csv.DictReader(lines, skipinitialspace=True), start=2):
        cells = {
            (key or "").strip().lower(): (value or "").strip()
            for key, value in row.items()
            if isinstance(value, str)
        }
        wanted = cells.get("delivery", "")
        if wanted and wanted not in list(DeliveryMode):
            raise Refused(f"Line {number}: delivery takes one of: {', '.join(DeliveryMode)}.")
        mode = DeliveryMode(wanted) if wanted else delivery
        yield Newcomer(cells.get("email", ""), cells.get("handle", ""), mode, role)
