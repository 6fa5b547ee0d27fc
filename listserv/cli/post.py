"""`quietlist post`."""

import sys
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parseaddr
from pathlib import Path

import click

from listserv.cli.output import json_option, open_kit, show
from listserv.domain.address import parse_address
from listserv.domain.decision import Accept, Discard, Hold, Reject
from listserv.domain.envelope import Envelope
from listserv.domain.errors import Refused
from listserv.domain.routing import ToList
from listserv.services.find_route import find_route
from listserv.services.kit import Kit
from listserv.services.receive_post import receive_post


@click.group()
def post() -> None:
    """Posts."""


@post.command()
@click.argument("file", type=click.Path(), metavar="FILE|-")
@click.option("--from", "mail_from", default="", help="The envelope sender; From of the mail else.")
@json_option
def submit(file: str, mail_from: str, as_json: bool) -> None:
    """Hand in a mail, on the same path as SMTP: to the lists that its To and Cc name."""
    if mail_from:
        mail_from = parse_address(mail_from)
    raw = _read(file)
    kit = open_kit()
    header = message_from_bytes(raw.partition(b"\r\n\r\n")[0][:100_000], policy=compat32)
    sender = mail_from or parseaddr(str(header.get("From", "")))[1]
    if mail_from and "From" not in header:
        raw = f"From: {mail_from}\r\n".encode() + raw
    results = [
        {"list": address, **_submit(kit, route, sender, raw)}
        for address, route in _lists_in(kit, header)
    ]
    if not results:
        raise Refused("No list is named in To or Cc of that mail.")
    show(results, as_json, [f"{r['list']}: {r['result']} {r['reason']}".rstrip() for r in results])
    refused = [r for r in results if r["result"] == "rejected"]
    if refused:
        raise Refused(f"The post was not taken: {refused[0]['reason']}")


def _read(file: str) -> bytes:
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as problem:
        raise Refused(f"{file} cannot be read ({type(problem).__name__}).") from None
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _lists_in(kit: Kit, header: Message) -> list[tuple[str, ToList]]:
    fields = [str(v) for name in ("To", "Cc") for v in header.get_all(name, [])]
    found: dict[str, ToList] = {}
    for _, address in getaddresses(fields):
        route = find_route(kit, address)
        if isinstance(route, ToList):
            found[address] = route
    return list(found.items())


def _submit(kit: Kit, route: ToList, sender: str, raw: bytes) -> dict[str, str]:
    match receive_post(kit, route, Envelope(sender), raw):
        case Accept():
            return {"result": "accepted", "reason": ""}
        case Hold(reason):
            return {"result": "held", "reason": reason.words}
        case Reject(reason):
            return {"result": "rejected", "reason": reason.words}
        case Discard(reason):
            return {"result": "discarded", "reason": reason.words}
