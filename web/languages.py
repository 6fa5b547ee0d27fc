"""Which language a page speaks: as the reader chose, else as their browser asks for."""

from flask import Blueprint, Flask, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import Babel
from werkzeug.exceptions import HTTPException

from listserv.domain.language import Language

# As each calls itself.
NAMES = {Language.ENGLISH: "English", Language.SPANISH: "Español"}

languages = Blueprint("languages", __name__)


def speak(app: Flask) -> None:
    """Gives the templates gettext, and the pages a language each."""
    Babel(app, default_locale=Language.ENGLISH, locale_selector=current)
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.globals.update(language=current, language_names=NAMES)


def current() -> Language:
    """The session's language; a member's own is put there when they sign in."""
    chosen = session.get("language")
    if chosen in list(Language):
        return Language(chosen)
    return Language(request.accept_languages.best_match(list(Language)) or Language.ENGLISH)


def choose(language: Language) -> None:
    session["language"] = str(language)


@languages.post("/language")
def change() -> ResponseReturnValue:
    """The button at the foot of each page; leads back to the page it stood on."""
    wanted = request.form.get("language", "")
    if wanted in list(Language):
        choose(Language(wanted))
    return redirect(_page(request.form.get("page", "")), 303)


def _page(path: str) -> str:
    """The path, if one of our own pages is there to be opened; else the first page."""
    try:
        current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return url_for("lists.home")
    return path
