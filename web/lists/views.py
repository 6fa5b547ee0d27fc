"""The front page, and the page of one list."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import EmailField, SubmitField

from listserv.domain.address import parse_address
from listserv.domain.errors import Refused
from listserv.domain.list_settings import Join
from listserv.domain.mailing_list import MailingList
from listserv.services.ask_to_join import ask_to_join
from listserv.store import mailing_lists
from web.database import reading
from web.extensions import kit

lists = Blueprint("lists", __name__)


class JoinForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """One address; `ask_to_join` says whether it is one."""

    email = EmailField("Your email address", render_kw={"autocomplete": "email"})
    submit = SubmitField("Ask to join")


@lists.get("/")
def home() -> str:
    return render_template("lists/home.html")


@lists.get("/lists/<address>")
def about(address: str) -> str:
    return _about(_named(address), JoinForm())


@lists.post("/lists/<address>")
def join(address: str) -> ResponseReturnValue:
    """The same answer whoever asks, so that nobody learns who is a member."""
    form = JoinForm()
    mailing_list = _named(address)
    try:
        ask_to_join(kit(), mailing_list.id, form.email.data or "")
    except Refused as refusal:
        form.email.errors = [str(refusal)]
        return _about(mailing_list, form), 400
    flash(
        "Thank you. If the address is right, a mail is on its way to it. "
        "Open the mail and follow its one step."
    )
    return redirect(url_for("lists.about", address=mailing_list.address), 303)


def _named(address: str) -> MailingList:
    """The list, or the page that says that nothing is here."""
    try:
        wanted = parse_address(address)  # a database may choke on what no address can hold
    except Refused:
        abort(404)
    return mailing_lists.named(reading(), wanted)


def _about(mailing_list: MailingList, form: JoinForm) -> str:
    return render_template(
        "lists/about.html",
        list=mailing_list,
        form=form,
        by_invitation=mailing_list.settings.join is Join.INVITE,
        by_approval=mailing_list.settings.join is Join.APPROVE,
        typed=request.form.get("email", ""),
    )
