"""Error pages: what went wrong in plain words, and what to do. Never how we are made."""

import logging
from contextlib import suppress

from flask import Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed

from listserv import logs
from listserv.domain.errors import NotFound, Refused, Unavailable
from web.refusals import said
from web.words import N_, _

_WORDS = {
    400: (N_("That did not work"), N_("Please go back, and try once more.")),
    403: (N_("Not for everyone"), N_("This page is not open to you.")),
    404: (N_("Nothing here"), N_("The address may have a typing error, or the page is gone.")),
    405: (N_("That did not work"), N_("Please open the page again, and use its button.")),
    413: (N_("Too much"), N_("What you sent is too long. Please make it shorter.")),
    429: (N_("A little slower, please"), N_("Please wait some minutes, and try again.")),
    503: (
        N_("A short break"),
        N_("We cannot reach our records just now. Please try again in a minute."),
    ),
}
_BROKEN = (N_("Something broke"), N_("It is our fault. Please try again later."))
_FORM_TOO_OLD = (
    N_("Please try once more"),
    N_(
        "The page was open for too long, or your browser keeps no cookies. "
        "Go back, load the page again, and press the button. It all works by mail too."
    ),
)
_TRY_AGAIN_SECONDS = "60"


def register(app: Flask) -> None:
    # Flask would log the path of a page that fails late, and a path may hold a token.
    app.logger.setLevel(logging.CRITICAL + 1)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(MethodNotAllowed, _opened)
    app.register_error_handler(CSRFError, _form_too_old)
    app.register_error_handler(NotFound, lambda _: _page(404))
    app.register_error_handler(Refused, _refused)
    for kind in (Unavailable, OperationalError, PoolTimeout):
        app.register_error_handler(kind, _unavailable)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, InternalServerError) and error.original_exception:
        logs.problem("page_failed_late", error.original_exception)
    page, code = _page(error.code or 500)
    # What the protocol wants told beside the words, such as Allow (RFC 9110 §15.5.6).
    told = [(name, value) for name, value in error.get_headers() if name != "Content-Type"]
    if error.code == 429:
        told.append(("Retry-After", _TRY_AGAIN_SECONDS))
    return page, code, told


def _opened(error: MethodNotAllowed) -> ResponseReturnValue:
    """Where a form only sends to, opened like a page: by reloading it, say. On to its form."""
    return redirect(_page_above(request.path), 303) if request.method == "GET" else _http(error)


def _page_above(path: str) -> str:
    """The next page on the way from this path up to `/`, which is one."""
    addresses = current_app.create_url_adapter(request)
    while addresses and path != "/":
        path = path.rpartition("/")[0] or "/"
        with suppress(HTTPException):
            endpoint, values = addresses.match(path, method="GET")
            return url_for(endpoint, **values)
    return url_for("lists.overview")


def _form_too_old(error: CSRFError) -> ResponseReturnValue:
    return _translated(*_FORM_TOO_OLD), 400


def _refused(error: Refused) -> ResponseReturnValue:
    """What no field of a form is to blame for, such as a question of a newer version."""
    return _render(_(_WORDS[400][0]), said(error)), 409


def _unavailable(error: Exception) -> ResponseReturnValue:
    logs.problem("page_unavailable", error)
    page, code = _page(503)
    return page, code, {"Retry-After": _TRY_AGAIN_SECONDS}


def _unexpected(error: Exception) -> ResponseReturnValue:
    logs.problem("page_failed", error)
    return _page(500)


def _page(code: int) -> tuple[str, int]:
    otherwise = _BROKEN if code >= 500 else _WORDS[400]
    return _translated(*_WORDS.get(code, otherwise)), code


def _translated(title: str, words: str) -> str:
    return _render(_(title), _(words))


def _render(title: str, words: str) -> str:
    return render_template("error.html", title=title, words=words)
