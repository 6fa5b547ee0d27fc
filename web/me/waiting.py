"""What a member wrote to one group that waits: to own up to, and to take back."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listserv.services.look_after_own import own_up, own_waiting, send_own, take_back
from web import languages, reader
from web.extensions import kit
from web.me.groups import mine
from web.words import _

waiting = Blueprint("waiting", __name__, url_prefix="/me/groups/<int:number>/waiting")
waiting.before_request(reader.only_signed_in)


@waiting.get("")
def show(number: int) -> str:
    group = mine(number)
    found = own_waiting(kit(), group.subscription, languages.current())
    return render_template(
        "me/waiting.html",
        list=group.mailing_list,
        mine=group.subscription,
        asked=[one for one in found if one.asked and not one.private],
        private=[one for one in found if one.private],
        waiting=[one for one in found if not one.asked],
    )


@waiting.post("")
def change(number: int) -> ResponseReturnValue:
    group = mine(number)
    post = request.form.get("post", type=int)
    if request.form.get("do") == "mine":
        own_up(kit(), group.subscription)
        flash(_("Thank you. What you wrote goes on its way."))
    elif post is not None and request.form.get("do") == "send":
        send_own(kit(), group.subscription, post)
        flash(_("Your message goes on its way."))
    elif post is not None and take_back(kit(), group.subscription, post):
        flash(_("You have taken your message back. Nobody will get it."))
    else:
        flash(_("This message does not wait any more."))
    return redirect(url_for("waiting.show", number=number), 303)
