"""`quietlist member`."""

import click

from listserv.cli.output import (
    json_option,
    notify_option,
    on_terminal,
    open_kit,
    pairs,
    progress,
    show,
)
from listserv.cli.people_file import read_people
from listserv.domain.address import parse_address
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
    places = [f"Number {number}" for number in range(1, len(emails) + 1)]
    for row in read_people(file) if file else []:
        mode = row.delivery or DeliveryMode(delivery)
        newcomers.append(Newcomer(row.email, row.handle, mode, Role(role)))
        places.append(f"Line {row.line}")
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
        {"place": place, "problem": result.problem}
        for place, result in zip(places, results, strict=True)
        if result.problem
    ]
    new = sum(result.new for result in results)
    known = len(results) - new - len(problems)
    words = [f"{new} added, {known} were members already."]
    if new == 1:
        words += [f"handle={result.handle}" for result in results if result.new]
    if len(problems) > 1:
        words += [f"{one['place']}: {one['problem']}" for one in problems]
    handles = [result.handle for result in results if result.new]
    data = {"added": new, "known": known, "handles": handles, "problems": problems}
    show(data, as_json, words)
    if problems:
        first = problems[0]
        raise Refused(f"{len(problems)} could not be added. {first['place']}: {first['problem']}")


@member.command("invite")
@click.argument("address")
@click.argument("emails", nargs=-1, metavar="[EMAIL]...")
@click.option("--file", "file", type=click.Path(), help="One address a line; - is standard input.")
@json_option
def invite_(address: str, emails: tuple[str, ...], file: str | None, as_json: bool) -> None:
    """Ask people whether they would like to join. Who says yes is in."""
    people = {f"Number {number}": email for number, email in enumerate(emails, start=1)}
    people |= {f"Line {row.line}": row.email for row in read_people(file)} if file else {}
    if not people:
        raise click.UsageError("Name at least one address, or a --file.")
    for place, email in people.items():
        try:
            parse_address(email)
        except Refused as problem:
            raise Refused(f"{place}: {problem} Nobody was invited.") from None
    sent = invite(open_kit(), address, list(people.values()))
    show({"invited": sent}, as_json, [f"Invitations on their way: {sent}."])


@member.command("list")
@click.argument("address")
@json_option
def list_(address: str, as_json: bool) -> None:
    """Handles and states; never addresses."""
    rows = [
        {"handle": s.handle, "state": s.state, "delivery": s.delivery, "role": s.role}
        for s in roster(open_kit(), address)
    ]
    heads = [{name: name for name in rows[0]}] if rows and on_terminal() else []
    lines = (
        f"{r['handle']:<42}{r['state']:<11}{r['delivery']:<10}{r['role']}" for r in [*heads, *rows]
    )
    show(rows, as_json, lines if rows else ["The list has no members yet."])


@member.command("set")
@click.argument("address")
@click.argument("who", metavar="EMAIL|HANDLE")
@click.argument("changes", nargs=-1, required=True, metavar="NAME=VALUE...")
@click.option("--notify", is_flag=True, help="Welcome by mail whom state=active lets in.")
@json_option
def set_(address: str, who: str, changes: tuple[str, ...], notify: bool, as_json: bool) -> None:
    """Change delivery, format, hour, role, state, handle, moderated, trusted or muted_until.

    state=active lets somebody in who waits. moderated=yes has each of their posts wait,
    trusted=yes none of the first ones, muted_until=2026-12-24 takes none before that day.
    """
    found = change_member(open_kit(), address, who, pairs(changes), notify)
    data = {
        "handle": found.handle,
        "state": found.state,
        "delivery": found.delivery,
        "format": found.digest_format,
        "hour": str(found.digest_hour),
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
