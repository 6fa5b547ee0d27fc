"""For a list's owners: their own words for new members, for goodbyes and for breaks."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listserv.domain.errors import NotFound, Refused
from listserv.domain.language import Language
from listserv.domain.mailing_list import MailingList
from listserv.mail.notices import Rendered
from listserv.services.notice_texts import (
    EDITABLE,
    change_text,
    own_texts,
    placeholders,
    preview,
)
from web import reader
from web.access import OWNERS, looked_after
from web.database import reading
from web.extensions import kit
from web.refusals import said
from web.words import _

texts = Blueprint("texts", __name__, url_prefix="/lists/<address>/texts")
texts.before_request(reader.only_signed_in)


@texts.get("")
def overview(address: str) -> str:
    mailing_list = _owned(address)
    return render_template(
        "texts/overview.html",
        list=mailing_list,
        notices=_names(),
        own=own_texts(reading(), mailing_list.id),
    )


@texts.get("/<notice>/<language>")
def edit(address: str, notice: str, language: str) -> ResponseReturnValue:
    mailing_list = _owned(address)
    body = own_texts(reading(), mailing_list.id).get(_one(notice, language), "")
    return _page(mailing_list, notice, language, body)


@texts.post("/<notice>/<language>")
def save(address: str, notice: str, language: str) -> ResponseReturnValue:
    """do: "look" at what a member would get, "save" it, or go back to "ours"."""
    mailing_list = _owned(address)
    _one(notice, language)
    wanted = request.form.get("do")
    body = "" if wanted == "ours" else request.form.get("body", "")
    try:
        shown = preview(kit(), mailing_list, notice, Language(language), body)
        if wanted not in ("save", "ours"):
            return _page(mailing_list, notice, language, body, shown=shown)
        change_text(kit(), mailing_list, notice, Language(language), body)
    except NotFound:
        raise
    except Refused as refusal:
        return _page(mailing_list, notice, language, body, said(refusal)), 400
    flash(_("Saved."))
    return redirect(url_for("texts.overview", address=mailing_list.address), 303)


def _names() -> dict[str, str]:
    """What owners can write, by notice."""
    return {
        "welcome": _("To somebody who is new"),
        "goodbye": _("To somebody who leaves"),
        "paused": _("To somebody who takes a break"),
    }


def _owned(address: str) -> MailingList:
    return looked_after(address, OWNERS).mailing_list


def _one(notice: str, language: str) -> tuple[str, Language]:
    if notice not in EDITABLE or language not in list(Language):
        abort(404)
    return notice, Language(language)


def _page(
    mailing_list: MailingList,
    notice: str,
    language: str,
    body: str,
    problem: str = "",
    shown: Rendered | None = None,
) -> str:
    return render_template(
        "texts/edit.html",
        list=mailing_list,
        name=_names()[notice],
        text_language=Language(language),
        body=body,
        placeholders=placeholders(kit(), mailing_list, notice, Language(language)),
        ours=preview(kit(), mailing_list, notice, Language(language), ""),
        problem=problem,
        shown=shown,
    )
