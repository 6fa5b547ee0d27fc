"""Error pages: what went wrong in plain words, and what to do. Never how we are made."""

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from listserv import logs
from listserv.domain.errors import NotFound, Unavailable

_WORDS = {
    400: ("That did not work", "Please go back, and try once more."),
    403: ("Not for everyone", "This page is not open to you."),
    404: ("Nothing here", "The address may have a typing error, or the page is gone."),
    405: ("That did not work", "Please open the page again, and use its button."),
    413: ("Too much", "What you sent is too long. Please make it shorter."),
    429: ("A little slower, please", "Please wait some minutes, and try again."),
    503: ("A short break", "We cannot reach our records just now. Please try again in a minute."),
}
_BROKEN = ("Something broke", "It is our fault. Please try again later.")


def register(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _form_too_old)
    app.register_error_handler(NotFound, lambda _: _page(404))
    app.register_error_handler(Unavailable, _unavailable)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> ResponseReturnValue:
    return _page(error.code or 500)


def _form_too_old(error: CSRFError) -> ResponseReturnValue:
    return _page(400)


def _unavailable(error: Unavailable) -> ResponseReturnValue:
    page, code = _page(503)
    return page, code, {"Retry-After": "60"}


def _unexpected(error: Exception) -> ResponseReturnValue:
    logs.problem("page_failed", error)
    return _page(500)


def _page(code: int) -> tuple[str, int]:
    title, words = _WORDS.get(code, _BROKEN)
    return render_template("error.html", title=title, words=words), code
