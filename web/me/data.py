"""What is kept of a member: to take along, and to be erased."""

from flask import Blueprint, Response, flash, render_template, request, session
from flask.typing import ResponseReturnValue

from listserv.services.erase_member import erase_member
from listserv.services.export_member import export_member
from web import reader
from web.extensions import kit
from web.words import _

data = Blueprint("data", __name__, url_prefix="/me")
data.before_request(reader.only_signed_in)


@data.get("/data")
def show() -> str:
    return render_template("me/data.html")


@data.post("/data/known")
def known() -> Response:
    """What we know, as JSON."""
    content = export_member(kit(), reader.me().id).json
    return _file(content, "application/json", "my-data.json")


@data.post("/data/written")
def written() -> Response:
    """Their own posts, as an mbox (RFC 4155)."""
    content = export_member(kit(), reader.me().id).mbox
    return _file(content, "application/mbox", "my-mails.mbox")


@data.get("/forget")
def ask_to_forget() -> ResponseReturnValue:
    if not reader.signed_in_lately():
        return _sign_in_first()
    return render_template("me/forget.html")


@data.post("/forget")
def forget() -> ResponseReturnValue:
    if not reader.signed_in_lately():
        return _sign_in_first()
    erase_member(kit(), reader.me().id, posts="posts" in request.form)
    reader.end()
    return render_template("me/forgotten.html")


def _sign_in_first() -> ResponseReturnValue:
    """What cannot be undone is not done by whoever finds a browser open."""
    flash(_("This cannot be undone. So please sign in once more first."))
    answer = reader.to_sign_in()
    session["after"] = "/me/forget"
    return answer


def _file(content: bytes, kind: str, name: str) -> Response:
    disposition = f'attachment; filename="{name}"'
    return Response(content, content_type=kind, headers={"Content-Disposition": disposition})
