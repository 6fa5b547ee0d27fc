"""Signing in without a password: a mail with a link and a code; and signing out.

The link asks for a press of a button, since mail programs open links by
themselves. The code works only in the browser that asked for it.
"""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from listserv.domain.errors import Refused
from listserv.services.sign_in import (
    ask_to_sign_in,
    by_code,
    by_link,
    is_open,
    sign_out_everywhere,
)
from web import languages, reader
from web.extensions import kit
from web.refusals import said
from web.words import _

sign_in = Blueprint("sign_in", __name__)


@sign_in.get("/sign-in")
def ask() -> str:
    return render_template("sign_in/ask.html")


@sign_in.post("/sign-in")
def send() -> ResponseReturnValue:
    """The same answer whoever asks, so that nobody learns who is a member."""
    typed = request.form.get("email", "")
    try:
        session["sign_in"] = ask_to_sign_in(kit(), typed, languages.current())
    except Refused as refusal:
        return render_template("sign_in/ask.html", typed=typed, problem=said(refusal)), 400
    return redirect(url_for("sign_in.code"), 303)


@sign_in.get("/sign-in/code")
def code() -> ResponseReturnValue:
    if "sign_in" not in session:
        return redirect(url_for("sign_in.ask"), 303)
    return render_template("sign_in/code.html")


@sign_in.post("/sign-in/code")
def try_code() -> ResponseReturnValue:
    typed = request.form.get("code", "")
    member_id = by_code(kit(), session.get("sign_in", ""), typed)
    if member_id is None:
        problem = _("This code does not fit, or it is too old. Look at the newest mail from us.")
        return render_template("sign_in/code.html", typed=typed, problem=problem), 400
    return redirect(reader.begin(member_id), 303)


@sign_in.get("/sign-in/<token>")
def link(token: str) -> ResponseReturnValue:
    if not is_open(kit(), token):
        return _old_link()
    return render_template("sign_in/link.html")


@sign_in.post("/sign-in/<token>")
def use_link(token: str) -> ResponseReturnValue:
    member_id = by_link(kit(), token)
    if member_id is None:
        return _old_link()
    return redirect(reader.begin(member_id), 303)


@sign_in.post("/sign-out")
def out() -> ResponseReturnValue:
    reader.end()
    flash(_("You are signed out. The browser may still know which pages you saw."))
    return redirect(url_for("lists.home"), 303)


@sign_in.post("/sign-out/everywhere")
def out_everywhere() -> ResponseReturnValue:
    """For who left a browser signed in elsewhere."""
    if not current_user.is_authenticated:
        return reader.to_sign_in()
    sign_out_everywhere(kit(), reader.me().id)
    return out()


def _old_link() -> ResponseReturnValue:
    return render_template("sign_in/old_link.html"), 404
