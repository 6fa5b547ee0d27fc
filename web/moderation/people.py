"""The people of a list, by handle: who wants to join, and what moderators decide about members."""

from collections.abc import Callable
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listserv.domain.errors import NotFound, Refused
from listserv.domain.subscription import Role, Subscription, SubscriptionState
from listserv.services.ban_member import ban_member
from listserv.services.change_member import change_member
from listserv.services.decide_request import decide_request
from listserv.services.invite import invite
from listserv.services.note_member import note_member, notes_about
from listserv.services.show_me import Group
from listserv.store import rulings, subscriptions
from web import reader
from web.access import MODERATORS, looked_after
from web.database import reading
from web.extensions import kit
from web.moderation.words import of_request, state_in_words
from web.paging import asked_id
from web.refusals import said
from web.words import N_, _

PAGE = 50
A_DAY = N_("That is not a day. One looks like 2026-12-24.")

people = Blueprint("people", __name__, url_prefix="/lists/<address>/members")
people.before_request(reader.only_signed_in)
people.add_app_template_global(state_in_words, "state_in_words")


@people.get("")
def overview(address: str) -> str:
    return _roster(looked_after(address, MODERATORS))


@people.post("/invite")
def send_invitation(address: str) -> ResponseReturnValue:
    """The same answer whoever is invited, so that nobody learns who is a member."""
    group = looked_after(address, MODERATORS)
    typed = request.form.get("email", "")
    try:
        invite(kit(), group.mailing_list.address, [typed], group.subscription.handle)
    except NotFound:
        raise
    except Refused as refusal:
        return _roster(group, typed, said(refusal)), 400
    flash(_("Thank you. If the address is right, an invitation is on its way to it."))
    return redirect(url_for("people.overview", address=group.mailing_list.address), 303)


@people.get("/<int:number>")
def one(address: str, number: int) -> str:
    return _page(*_found(address, number))


@people.post("/<int:number>")
def change(address: str, number: int) -> ResponseReturnValue:
    """Does what the button says about one member."""
    group, member = _found(address, number)
    act = _ACTS.get(request.form.get("do", "")) or abort(400)
    if member.moderates and group.subscription.role is not Role.OWNER:
        abort(403)  # moderators look after members, and owners after moderators
    try:
        said_of_it = act(group, member)
    except NotFound:
        abort(404)
    except Refused as refusal:
        return _page(group, member, said(refusal)), 400
    flash(said_of_it or _("Saved."))
    now = subscriptions.get(reading(), number)
    if now is None or now.state is SubscriptionState.LEFT:
        return redirect(url_for("people.overview", address=group.mailing_list.address), 303)
    return redirect(url_for("people.one", address=group.mailing_list.address, number=number), 303)


def _let_in(group: Group, member: Subscription) -> str:
    done = decide_request(kit(), group.mailing_list.id, member.id, True, group.subscription)
    return of_request(done, member.handle)


def _turn_down(group: Group, member: Subscription) -> str:
    reason, list_id = request.form.get("reason", "").strip()[:2000], group.mailing_list.id
    done = decide_request(kit(), list_id, member.id, False, group.subscription, reason)
    return of_request(done, member.handle)


def _look_first(group: Group, member: Subscription) -> None:
    wanted = request.form.get("watch", "")
    both = {"first": ("no", "no"), "always": ("yes", "no"), "never": ("no", "yes")}
    moderated, trusted = both.get(wanted) or abort(400)
    _set(group, member, {"moderated": moderated, "trusted": trusted})


def _mute(group: Group, member: Subscription) -> None:
    until = request.form.get("until", "").strip()
    try:
        wanted = date.fromisoformat(until).isoformat() if until else "none"
    except ValueError:
        raise Refused(A_DAY) from None
    _set(group, member, {"muted_until": wanted})


def _role(group: Group, member: Subscription) -> None:
    if group.subscription.role is not Role.OWNER:
        abort(403)
    _set(group, member, {"role": request.form.get("role", "")})


def _note(group: Group, member: Subscription) -> None:
    text = request.form.get("note", "")
    note_member(kit(), group.mailing_list.id, member.id, text, group.subscription)


def _ban(group: Group, member: Subscription) -> None:
    ban_member(kit(), group.mailing_list.address, member.handle, group.subscription)


_ACTS: dict[str, Callable[[Group, Subscription], str | None]] = {
    "let_in": _let_in,
    "turn_down": _turn_down,
    "watch": _look_first,
    "mute": _mute,
    "role": _role,
    "note": _note,
    "ban": _ban,
}


def _set(group: Group, member: Subscription, changes: dict[str, str]) -> None:
    actor = group.subscription.handle
    change_member(kit(), group.mailing_list.address, member.handle, changes, actor=actor)


def _roster(group: Group, typed: str = "", problem: str = "") -> str:
    list_id = group.mailing_list.id
    after = asked_id("after") or 0
    found = subscriptions.page(reading(), list_id, after, PAGE + 1)
    return render_template(
        "moderation/people.html",
        list=group.mailing_list,
        waiting=subscriptions.waiting(reading(), list_id, PAGE) if not after else (),
        people=found[:PAGE],
        next=found[PAGE - 1].id if len(found) > PAGE else None,
        typed=typed,
        problem=problem,
    )


def _found(address: str, number: int) -> tuple[Group, Subscription]:
    group = looked_after(address, MODERATORS)
    member = subscriptions.get(reading(), number)
    if (
        member is None
        or member.list_id != group.mailing_list.id
        or member.state is SubscriptionState.LEFT
    ):
        abort(404)
    return group, member


def _page(group: Group, member: Subscription, problem: str = "") -> str:
    return render_template(
        "moderation/person.html",
        list=group.mailing_list,
        me=group.subscription,
        member=member,
        notes=notes_about(kit(), group.mailing_list.id, member.id),
        since=subscriptions.joined_at(reading(), member.id),
        history=rulings.of_author(reading(), member.id),
        watch="always" if member.moderated else "never" if member.trusted else "first",
        problem=problem,
    )
