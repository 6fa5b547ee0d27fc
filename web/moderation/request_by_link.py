"""Behind the link in a notice about somebody who would like to join. Only a button decides."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from listserv.services.decide_request import (
    LET_IN,
    TURN_DOWN,
    RequestDecided,
    decide_request_by_link,
    peek_request,
)
from listserv.services.note_member import notes_about
from web.extensions import kit
from web.moderation.words import of_request

requests = Blueprint("requests", __name__, url_prefix="/requests")


@requests.get("/<token>")
def look(token: str) -> ResponseReturnValue:
    view = peek_request(kit(), token)
    if view is None:
        return render_template("moderation/old_link.html"), 404
    if not view.open:
        return _said(RequestDecided(view.newcomer.may_post), view.newcomer.handle)
    notes = notes_about(kit(), view.mailing_list.id, view.newcomer.id)
    return render_template(
        "moderation/request.html",
        list=view.mailing_list,
        newcomer=view.newcomer,
        answers=[note.text for note in notes if note.kind == "answer"],
    )


@requests.post("/<token>")
def decide(token: str) -> ResponseReturnValue:
    wanted, view = request.form.get("do", ""), peek_request(kit(), token)
    reason = request.form.get("reason", "").strip()[:2000]
    if view is None or wanted not in (LET_IN, TURN_DOWN):
        return render_template("moderation/old_link.html"), 404
    done = decide_request_by_link(kit(), token, wanted == LET_IN, reason)
    if done is None:
        return render_template("moderation/old_link.html"), 404
    return _said(done, view.newcomer.handle)


def _said(done: RequestDecided, handle: str) -> str:
    return render_template("moderation/done.html", words=of_request(done, handle))
