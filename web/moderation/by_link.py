"""Behind the link in a notice about a post that waits. GET shows it; only a button decides."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listserv.domain.held import Ruling
from listserv.services.decide_by_token import decide_by_link, peek_held
from listserv.services.decide_held import TooLate
from web.extensions import kit
from web.moderation.pictures import picture_of
from web.moderation.words import canned, outcome, said_of

held = Blueprint("held", __name__, url_prefix="/held")


@held.get("/<token>")
def look(token: str) -> ResponseReturnValue:
    found = peek_held(kit(), token)
    if found is None:
        return render_template("moderation/old_link.html"), 404
    if found.waiting is None:
        return _said(said_of(found.ruled) if found.ruled else "")
    return render_template(
        "moderation/by_link.html",
        list=found.mailing_list,
        waiting=found.waiting,
        may=found.may,
        canned=canned(),
        pictures=url_for("held.look", token=token) + "/picture",
    )


@held.get("/<token>/picture/<int:place>")
def picture(token: str, place: int) -> ResponseReturnValue:
    found = peek_held(kit(), token)
    post = found.waiting.post if found and found.waiting else None
    return picture_of(post, place)


@held.post("/<token>")
def decide(token: str) -> ResponseReturnValue:
    wanted = request.form.get("do", "")
    reason = request.form.get("words", "").strip()[:2000] or request.form.get("reason", "")
    done = decide_by_link(kit(), token, Ruling(wanted), reason) if wanted in list(Ruling) else None
    if done is None:
        return render_template("moderation/old_link.html"), 404
    return _said(said_of(done.ruled) if isinstance(done, TooLate) else outcome(Ruling(wanted), 1))


def _said(words: str) -> str:
    return render_template("moderation/done.html", words=words)
