"""What holds for a member in all groups: language, time zone and address."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listserv.domain.errors import NotFound, Refused
from listserv.domain.language import Language
from listserv.domain.request import PersonChange, SetLanguage, SetTimeZone
from listserv.services.change_address import ask_to_change_address
from listserv.services.change_person import change_person
from web import languages, reader
from web.extensions import kit
from web.me.group_forms import CHOOSE_ONE
from web.me.time_zones import to_choose_from
from web.refusals import said
from web.words import _

person = Blueprint("person", __name__, url_prefix="/me")
person.before_request(reader.only_signed_in)


@person.get("/settings")
def settings() -> str:
    return _settings()


@person.post("/settings/language")
def speak() -> ResponseReturnValue:
    wanted = request.form.get("language", "")
    if wanted not in list(Language):
        return _settings(language=said(Refused(CHOOSE_ONE))), 400
    return _change("language", SetLanguage(Language(wanted)))


@person.post("/settings/time")
def move() -> ResponseReturnValue:
    return _change("zone", SetTimeZone(request.form.get("zone", "")))


@person.get("/address")
def address() -> str:
    return render_template("me/address.html")


@person.post("/address")
def change_address() -> ResponseReturnValue:
    typed = request.form.get("email", "")
    try:
        ask_to_change_address(kit(), reader.me().id, typed)
    except NotFound:
        raise
    except Refused as refusal:
        return render_template("me/address.html", typed=typed, problem=said(refusal)), 400
    flash(_("If both addresses are right, two mails are on their way. Reply to both."))
    return redirect(url_for("person.address"), 303)


def _change(part: str, change: PersonChange) -> ResponseReturnValue:
    try:
        change_person(kit(), reader.me().id, change)
    except NotFound:
        raise
    except Refused as refusal:
        return _settings(**{part: said(refusal)}), 400
    if isinstance(change, SetLanguage):
        languages.choose(change.language)
    flash(_("Saved."))
    return redirect(url_for("person.settings"), 303)


def _settings(**problems: str) -> str:
    return render_template(
        "me/settings.html",
        me=reader.me(),
        zones=to_choose_from(reader.me().time_zone),
        now=kit().clock.now(),
        problems=problems,
    )
