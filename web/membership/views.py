"""Pages behind links in mail: leaving, and answering a question. Nothing acts on a GET."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from listserv.services.confirm import Question, ask_again, leave_alone, peek
from listserv.services.confirm_on_page import confirm_on_page
from listserv.services.leave_by_token import leave_by_token, list_of_token
from listserv.services.note_member import LONGEST
from web.extensions import csrf, kit
from web.membership.words import asked_for

membership = Blueprint("membership", __name__)
# Far more than is kept, which is shortened only once it is clean: half a name would not be found.
_MOST_TYPED = 10 * LONGEST


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
    return _question(found)


@membership.post("/confirm/<token>")
def answer(token: str) -> ResponseReturnValue:
    """answer: "yes", "never" for no and never again, "again" for a new question.

    words: what somebody who would like to join answers to the group's own question.
    """
    found = peek(kit(), token)
    if found is None:
        return _unknown("confirm")
    match request.form.get("answer"):
        case "never" if leave_alone(kit(), token):
            return render_template("membership/left_alone.html")
        case "again" if ask_again(kit(), token):
            return render_template("membership/asked_again.html")
        case "again" | "never":
            return _question(found)
    return _yes(token, found)


def _yes(token: str, found: Question) -> ResponseReturnValue:
    done = confirm_on_page(kit(), token, request.form.get("words", "")[:_MOST_TYPED])
    if done is None:
        return _question(found)
    return render_template("membership/confirmed.html", list=done.mailing_list, done=done)


def _question(found: Question) -> ResponseReturnValue:
    """The question while it is open; else what may have become of it, and how to ask again."""
    if not found.open:
        return render_template("membership/old_question.html", question=found), 404
    return render_template(
        "membership/confirm.html",
        list=found.mailing_list,
        question=found,
        asked=asked_for(found.request) if found.request else "",
    )


def _unknown(purpose: str) -> ResponseReturnValue:
    """A link that is old or mistyped: what to do now. It tells nothing of any member."""
    return render_template("membership/unknown.html", purpose=purpose), 404
