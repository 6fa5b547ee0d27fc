"""The operator looks an address up: the page of the one door, where the settings open it.

Neither moderators nor owners find it. It takes the operator's own address,
and a sign-in of the last minutes.
"""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from listserv.domain.errors import NotFound, Refused
from listserv.domain.mailing_list import MailingList
from listserv.services.reveal_member import is_operator, reveal_member
from listserv.store import mailing_lists
from web import reader
from web.database import reading
from web.extensions import kit, settings
from web.refusals import said
from web.words import _

reveal = Blueprint("reveal", __name__, url_prefix="/lists/<address>/reveal")
reveal.before_request(reader.only_signed_in)


@reveal.before_request
def only_the_operator() -> ResponseReturnValue | None:
    if settings().reveal_page != "on" or not is_operator(kit(), reader.me().id):
        abort(404)
    return None if reader.signed_in_lately() else reader.to_sign_in()


@reveal.get("")
def ask(address: str) -> str:
    return _page(_list(address))


@reveal.post("")
def look_up(address: str) -> ResponseReturnValue:
    mailing_list = _list(address)
    handle = request.form.get("handle", "").strip()
    try:
        found = reveal_member(kit(), mailing_list.address, handle, request.form.get("reason", ""))
    except NotFound:
        return _page(mailing_list, {"handle": _("Nobody here has that name now.")}), 404
    except Refused as refusal:
        return _page(mailing_list, {"reason": said(refusal)}), 400
    return render_template(
        "moderation/revealed.html", list=mailing_list, handle=handle, revealed=found
    )


def _list(address: str) -> MailingList:
    try:
        return mailing_lists.named(reading(), address)
    except NotFound:
        abort(404)


def _page(mailing_list: MailingList, problems: dict[str, str] | None = None) -> str:
    return render_template(
        "moderation/reveal.html", list=mailing_list, problems=problems or {}, typed=request.form
    )
