"""What every answer carries, and whom we believe about the client."""

import re
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from listserv.settings import Network, Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LOOPBACK_HOST = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::[0-9]+)?")
_PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def secure(app: Flask, settings: Settings) -> None:
    """Puts the headers on every answer; sets up cookies and proxies."""
    https = settings.public_url.startswith("https://")
    app.config.update(
        SESSION_COOKIE_NAME="quietlist",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        MAX_CONTENT_LENGTH=64 * 1024,
        # The strict check wants a Referer, which our own policy keeps browsers from sending.
        WTF_CSRF_SSL_STRICT=False,
        WTF_CSRF_TIME_LIMIT=None,
    )
    if settings.proxy_networks:
        app.wsgi_app = _trusting(app.wsgi_app, settings.proxy_networks)  # type: ignore[method-assign,assignment]  # Flask documents this way

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if https:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
        return response


def from_this_machine() -> bool:
    """Whether somebody on this machine asks, and asks for this machine by its own name.

    A proxy beside us connects from loopback too, so what any proxy passed on
    does not count. The Host check keeps a page of somebody else's from reaching
    us under a name of its own that points here (DNS rebinding).
    """
    if any(name in request.headers for name in _PASSED_ON):
        return False
    try:
        here = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
    return here and _LOOPBACK_HOST.fullmatch(request.host) is not None


def _trusting(inner: "WSGIApplication", networks: tuple[Network, ...]) -> "WSGIApplication":
    """Forwarding headers count only when one of our proxies brings them."""
    believing: Callable[..., Any] = ProxyFix(inner, x_for=1, x_proto=1, x_host=1)

    def choose(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        client = ip_address(environ.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104  # nobody's
        trusted = any(client in network for network in networks)
        answer: Iterable[bytes] = (believing if trusted else inner)(environ, start)
        return answer

    return choose
