"""Pages behind links in mail: leaving, and answering a question. Nothing acts on a GET."""

from flask import Blueprint, abort, render_template

from listserv.services.confirm import confirm, peek
from listserv.services.leave_by_token import leave_by_token, list_of_token
from web.extensions import csrf, kit

membership = Blueprint("membership", __name__)


@membership.get("/unsubscribe/<token>")
def unsubscribe(token: str) -> str:
    found = list_of_token(kit(), token)
    if found is None:
        abort(404)
    return render_template("membership/unsubscribe.html", list=found)


@membership.post("/unsubscribe/<token>")
@csrf.exempt  # type: ignore[untyped-decorator]  # RFC 8058 §3.1: a mail program posts it, without any cookie
def leave(token: str) -> str:
    found = leave_by_token(kit(), token)
    if found is None:
        abort(404)
    return render_template("membership/left.html", list=found)


@membership.get("/confirm/<token>")
def question(token: str) -> str:
    found = peek(kit(), token)
    if found is None:
        abort(404)
    return render_template(
        "membership/confirm.html", list=found.mailing_list, purpose=found.purpose
    )


@membership.post("/confirm/<token>")
def answer(token: str) -> str:
    found = confirm(kit(), token)
    if found is None:
        abort(404)
    return render_template(
        "membership/confirmed.html",
        list=found.mailing_list,
        purpose=found.purpose,
        state=found.state,
    )
