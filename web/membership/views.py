"""Pages behind links in mail: leaving, and answering a question. Nothing acts on a GET."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from listserv.services.confirm import confirm, peek
from listserv.services.leave_by_token import leave_by_token, list_of_token
from web.extensions import csrf, kit

membership = Blueprint("membership", __name__)


@membership.get("/unsubscribe/<token>")
def unsubscribe(token: str) -> ResponseReturnValue:
    found = list_of_token(kit(), token)
    if found is None:
        return _unknown("leave")
    return render_template("membership/unsubscribe.html", list=found)


@membership.post("/unsubscribe/<token>")
@csrf.exempt  # type: ignore[untyped-decorator]  # RFC 8058 §3.1: a mail program posts it, without any cookie
def leave(token: str) -> ResponseReturnValue:
    found = leave_by_token(kit(), token)
    if found is None:
        return _unknown("leave")
    return render_template("membership/left.html", list=found)


@membership.get("/confirm/<token>")
def question(token: str) -> ResponseReturnValue:
    found = peek(kit(), token)
    if found is None:
        return _unknown("confirm")
    return render_template(
        "membership/confirm.html", list=found.mailing_list, purpose=found.purpose
    )


@membership.post("/confirm/<token>")
def answer(token: str) -> ResponseReturnValue:
    found = confirm(kit(), token)
    if found is None:
        return _unknown("confirm")
    return render_template(
        "membership/confirmed.html",
        list=found.mailing_list,
        purpose=found.purpose,
        state=found.state,
    )


def _unknown(purpose: str) -> ResponseReturnValue:
    """A link that is old, used or mistyped: what to do now. It tells nothing of any member."""
    return render_template("membership/unknown.html", purpose=purpose), 404
