"""What waits on a list: all of it, one of it, and decisions about both."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listserv.domain.held import MODERATORS_RULINGS, Ruling
from listserv.services.decide_held import Decided, TooLate
from listserv.services.moderate import PAGE, decide_several, following, one_waiting, queue
from listserv.services.show_me import Group
from listserv.store.held import Filters
from web import languages, reader
from web.access import MODERATORS, looked_after
from web.extensions import kit
from web.moderation.pictures import picture_of
from web.moderation.words import canned, outcome, past, said_of, short
from web.paging import asked_id, asked_page
from web.words import _

moderation = Blueprint("moderation", __name__, url_prefix="/lists/<address>/moderation")
moderation.before_request(reader.only_signed_in)


moderation.add_app_template_global(past, "past")
moderation.add_app_template_global(short, "short")


@moderation.get("")
def overview(address: str) -> str:
    group = looked_after(address, MODERATORS)
    number = asked_page()
    reason = request.args.get("reason", "")[:32]
    filters = Filters(reason if reason.isprintable() else "", asked_id("by"))
    found = queue(kit(), group.mailing_list.id, filters, number - 1, languages.current())
    return render_template(
        "moderation/overview.html",
        list=group.mailing_list,
        queue=found,
        filters=filters,
        page=number,
        more=found.total > number * PAGE,
        canned=canned(),
    )


@moderation.post("")
def decide(address: str) -> ResponseReturnValue:
    """About all that are ticked."""
    group = looked_after(address, MODERATORS)
    ticked = [int(number) for number in request.form.getlist("post") if _is_id(number)]
    if not ticked:
        flash(_("Tick the messages first."))
    else:
        _decide(group, ticked)
    return redirect(url_for("moderation.overview", address=group.mailing_list.address), 303)


@moderation.get("/<int:number>")
def one(address: str, number: int) -> ResponseReturnValue:
    group = looked_after(address, MODERATORS)
    found = one_waiting(kit(), group.mailing_list.id, number, languages.current())
    if found.waiting is None:
        if found.ruled is None:
            abort(404)
        flash(said_of(found.ruled))
        return redirect(url_for("moderation.overview", address=group.mailing_list.address), 303)
    return render_template(
        "moderation/one.html",
        list=group.mailing_list,
        waiting=found.waiting,
        before=found.before,
        after=found.after,
        canned=canned(),
    )


@moderation.post("/<int:number>")
def decide_one(address: str, number: int) -> ResponseReturnValue:
    """About this one, and on to the next that waits."""
    group = looked_after(address, MODERATORS)
    mailing_list = group.mailing_list
    _decide(group, [number])
    after = following(kit(), mailing_list.id, number)
    if after is None:
        return redirect(url_for("moderation.overview", address=mailing_list.address), 303)
    return redirect(url_for("moderation.one", address=mailing_list.address, number=after), 303)


@moderation.get("/<int:number>/picture/<int:place>")
def picture(address: str, number: int, place: int) -> Response:
    group = looked_after(address, MODERATORS)
    found = one_waiting(kit(), group.mailing_list.id, number, languages.current()).waiting
    return picture_of(found.post if found else None, place)


def _decide(group: Group, numbers: list[int]) -> None:
    """Does what the form's button says, and tells of it on the next page."""
    wanted = request.form.get("do", "")
    if wanted not in list(MODERATORS_RULINGS):
        abort(400)
    reason = request.form.get("words", "").strip()[:2000] or request.form.get("reason", "")
    done = decide_several(
        kit(), group.mailing_list.id, numbers, Ruling(wanted), group.subscription, reason
    )
    decided = sum(isinstance(one, Decided) for one in done)
    if decided:
        flash(outcome(Ruling(wanted), decided))
    for one in done:
        if isinstance(one, TooLate):
            flash(said_of(one.ruled))
    if not done:
        flash(_("This message does not wait any more."))


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
