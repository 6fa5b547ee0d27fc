"""The outbox, shown while no relay is set, and to this machine only."""

from flask import Blueprint, Response, abort, render_template

from listserv.store import subscriptions
from web.database import reading
from web.extensions import kit, settings
from web.outbox import reader
from web.outbox.reader import Copy, WholeCopy
from web.paging import asked_page
from web.security import from_this_machine

outbox = Blueprint("outbox", __name__, url_prefix="/outbox")


@outbox.before_request
def only_here() -> None:
    if not settings().outbox_shown or not from_this_machine():
        abort(404)


@outbox.get("")
def copies() -> str:
    number = asked_page()
    found, more = reader.page_of(settings().outbox, number)
    return render_template("outbox/copies.html", copies=found, page=number, more=more, whose=_whose)


@outbox.get("/<name>")
def copy(name: str) -> str:
    found = reader.read(settings().outbox, name)
    if found is None:
        abort(404)
    return render_template("outbox/copy.html", copy=found, name=name, whose=_whose)


@outbox.get("/<name>/html")
def html(name: str) -> Response:
    """The HTML of one copy, in a sandbox where nothing of it can act or be fetched."""
    found = reader.read(settings().outbox, name)
    if found is None or not found.html:
        abort(404)
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; "
        "frame-ancestors 'self'"
    )
    return Response(found.html, headers={"Content-Security-Policy": policy})


@outbox.get("/<name>/picture/<int:number>")
def picture(name: str, number: int) -> Response:
    found = reader.read(settings().outbox, name)
    if found is None or number >= len(found.pictures):
        abort(404)
    chosen = found.pictures[number]
    return Response(chosen.content, content_type=chosen.content_type)


def _whose(copy: Copy | WholeCopy) -> str:
    """The address that a notice names, or the handle of whoever gets the copy; "" if unknown."""
    if copy.to or not copy.token:
        return copy.to
    found = kit().tokens.read_unsubscribe(copy.token)
    member = subscriptions.get(reading(), found) if found is not None else None
    return member.handle if member else ""
