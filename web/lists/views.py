"""The front page, and the page of one list."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listserv.domain.address import parse_address
from listserv.domain.errors import Refused
from listserv.domain.list_settings import Join
from listserv.domain.mailing_list import MailingList
from listserv.services.ask_to_join import ask_to_join
from listserv.store import mailing_lists
from web import languages
from web.database import reading
from web.extensions import kit
from web.refusals import said
from web.words import _

lists = Blueprint("lists", __name__)


@lists.get("/")
def home() -> str:
    return render_template("lists/home.html")


@lists.get("/lists/<address>")
def about(address: str) -> str:
    return _about(_named(address))


@lists.post("/lists/<address>")
def join(address: str) -> ResponseReturnValue:
    """The same answer whoever asks, so that nobody learns who is a member."""
    mailing_list = _named(address)
    typed = request.form.get("email", "")
    try:
        ask_to_join(kit(), mailing_list.id, typed, languages.current())
    except Refused as refusal:
        return _about(mailing_list, typed, said(refusal)), 400
    flash(
        _(
            "Thank you. If the address is right, a mail is on its way to it. "
            "Open the mail and follow its one step."
        )
    )
    return redirect(url_for("lists.about", address=mailing_list.address), 303)


def _named(address: str) -> MailingList:
    """The list, or the page that says that nothing is here."""
    try:
        wanted = parse_address(address)  # a database may choke on what no address can hold
    except Refused:
        abort(404)
    return mailing_lists.named(reading(), wanted)


def _about(mailing_list: MailingList, typed: str = "", problem: str = "") -> str:
    settings = mailing_list.settings
    return render_template(
        "lists/about.html",
        list=mailing_list,
        by_invitation=settings.join is Join.INVITE,
        by_approval=settings.join is Join.APPROVE,
        all_moderated=settings.moderate.first is None,
        first_moderated=settings.moderate.first,
        typed=typed,
        problem=problem,
    )
