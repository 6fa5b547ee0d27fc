"""The groups of somebody who is signed in: all of them, and one with everything to choose."""

from collections.abc import Callable, Mapping, Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listserv.domain.errors import NotFound, Refused
from listserv.domain.request import Change, Leave, Resume, SetHandle
from listserv.domain.subscription import DeliveryMode, Subscription, SubscriptionState
from listserv.services.change_subscription import change_subscription
from listserv.services.preview_digest import preview_digest
from listserv.services.show_me import Group, groups_of
from web import reader
from web.database import reading
from web.dates import day
from web.extensions import kit
from web.me import group_forms
from web.me.time_zones import name_of
from web.refusals import said
from web.words import _

groups = Blueprint("groups", __name__, url_prefix="/me")
groups.before_request(reader.only_signed_in)

_Read = Callable[[Mapping[str, str]], Sequence[Change]]


@groups.app_template_global("how")
def how(mine: Subscription) -> str:
    """How mail comes, in one or two sentences."""
    match mine.state:
        case SubscriptionState.WAITING:
            return _("A moderator has not looked at your request yet. You will get a mail.")
        case SubscriptionState.SUSPENDED:
            return _("Our mail to you came back, so we send none now.")
        case SubscriptionState.PAUSED if mine.paused_until:
            return _("You take a break. Mail comes again %(day)s.", day=day(mine.paused_until))
        case SubscriptionState.PAUSED:
            return _("You take a break. No mail comes until you say so.")
    return {
        DeliveryMode.EACH: _("Each mail comes at once."),
        DeliveryMode.DAILY: _("Mail comes once a day, at %(hour)s:00.", hour=mine.digest_hour),
        DeliveryMode.WEEKLY: _(
            "Mail comes once a week, on Monday at %(hour)s:00.", hour=mine.digest_hour
        ),
        DeliveryMode.NONE: _("No mail comes. You can still write."),
    }[mine.delivery]


@groups.get("")
def overview() -> str:
    return render_template("me/groups.html", groups=groups_of(reading(), reader.me().id))


@groups.get("/groups/<int:number>")
def one(number: int) -> str:
    return _page(mine(number))


@groups.get("/groups/<int:number>/digest")
def digest(number: int) -> str:
    """What their next digest would hold, as it stands now."""
    group = mine(number)
    preview = preview_digest(kit(), reader.me().id, number)
    return render_template(
        "me/digest.html", list=group.mailing_list, mine=group.subscription, preview=preview
    )


@groups.post("/groups/<int:number>/mail")
def deliver(number: int) -> ResponseReturnValue:
    return _change(number, "mail", group_forms.mail)


@groups.post("/groups/<int:number>/pause")
def pause(number: int) -> ResponseReturnValue:
    return _change(number, "pause", group_forms.pause)


@groups.post("/groups/<int:number>/resume")
def resume(number: int) -> ResponseReturnValue:
    return _change(number, "pause", lambda form: (Resume(),))


@groups.post("/groups/<int:number>/name")
def rename(number: int) -> ResponseReturnValue:
    return _change(number, "name", group_forms.name)


@groups.post("/groups/<int:number>/new-name")
def draw(number: int) -> ResponseReturnValue:
    return _change(number, "name", lambda form: (SetHandle(""),))


@groups.post("/groups/<int:number>/more")
def choose(number: int) -> ResponseReturnValue:
    return _change(number, "more", group_forms.more)


@groups.get("/groups/<int:number>/leave")
def ask_to_leave(number: int) -> str:
    group = mine(number)
    return render_template("me/leave.html", list=group.mailing_list, mine=group.subscription)


@groups.post("/groups/<int:number>/leave")
def leave(number: int) -> ResponseReturnValue:
    """The member may be gone with their last group; so the answer needs no session."""
    group = mine(number)
    change_subscription(kit(), reader.me().id, number, Leave())
    return render_template("membership/left.html", list=group.mailing_list)


def mine(number: int) -> Group:
    """One of their groups; any other is not found, whether or not it exists."""
    found = groups_of(reading(), reader.me().id)
    return next((group for group in found if group.subscription.id == number), None) or abort(404)


def _change(number: int, part: str, read: _Read) -> ResponseReturnValue:
    """Does what one form of the page asks, or says beside its field why not."""
    group = mine(number)
    try:
        for change in read(request.form):
            change_subscription(kit(), reader.me().id, number, change)
    except NotFound:
        raise
    except Refused as refusal:
        return _page(group, {part: said(refusal)}), 400
    flash(_("Saved."))
    return redirect(url_for("groups.one", number=number), 303)


def _page(group: Group, problems: Mapping[str, str] | None = None) -> str:
    return render_template(
        "me/group.html",
        list=group.mailing_list,
        mine=group.subscription,
        problems=problems or {},
        typed=request.form if problems else {},
        zone_name=name_of(reader.me().time_zone),
    )
