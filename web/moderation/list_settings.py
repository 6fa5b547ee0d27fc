"""The settings of a list, for its owners: one form, made from the schema that the command line
reads too."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from listserv.domain.errors import NotFound, Refused
from listserv.domain.list_settings import SCHEMA, as_text
from listserv.domain.mailing_list import MailingList
from listserv.services.change_list import change_list
from web import reader
from web.access import OWNERS, looked_after
from web.extensions import kit
from web.moderation.setting_words import choice_in_words
from web.words import _

list_settings = Blueprint("list_settings", __name__, url_prefix="/lists/<address>/settings")
list_settings.before_request(reader.only_signed_in)
list_settings.add_app_template_global(choice_in_words, "choice_in_words")


@list_settings.get("")
def show(address: str) -> str:
    mailing_list = looked_after(address, OWNERS).mailing_list
    return _page(mailing_list, as_text(mailing_list.settings))


@list_settings.post("")
def save(address: str) -> ResponseReturnValue:
    group = looked_after(address, OWNERS)
    mailing_list = group.mailing_list
    before = as_text(mailing_list.settings)
    typed = {name: request.form.get(name, value).strip() for name, value in before.items()}
    changes = {name: value for name, value in typed.items() if value != before[name]}
    try:
        change_list(kit(), mailing_list.address, changes, group.subscription.handle)
    except NotFound:
        raise
    except Refused as refusal:
        return _page(mailing_list, typed, str(refusal)), 400
    flash(_("Saved."))
    return redirect(url_for("list_settings.show", address=mailing_list.address), 303)


def _page(mailing_list: MailingList, typed: Mapping[str, str], problem: str = "") -> str:
    """problem: begins with the name of the setting that it is about."""
    return render_template(
        "moderation/settings.html",
        list=mailing_list,
        schema=SCHEMA,
        typed=typed,
        wrong=problem.partition(" ")[0],
    )
