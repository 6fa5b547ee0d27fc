"""How often one visitor may ask for what sends mail, tries a code or writes.

Counted in Redis, so that all processes count together; by each process alone
while Redis is away.
"""

import hmac
import logging
from ipaddress import ip_address, ip_network

from flask import Flask, request
from flask_limiter import Limiter

from listserv.settings import Settings
from web.extensions import kit

_ASKS_FOR_MAIL = "30/minute;200/hour"
_TRIES_A_CODE = "20/minute;100/hour"
_ANSWERS = "120/minute"
_EXPORTS = "10/minute"  # each reads all that somebody wrote
# Large mail providers press the button for many members from few addresses (RFC 8058 §4).
_LEAVES = "600/minute"

_LIMITS = {
    "reveal.look_up": _EXPORTS,
    "lists.join": _ASKS_FOR_MAIL,
    "sign_in.send": _ASKS_FOR_MAIL,
    "sign_in.try_code": _TRIES_A_CODE,
    "sign_in.use_link": _ANSWERS,
    "membership.answer": _ANSWERS,
    "membership.leave": _LEAVES,
    "people.send_invitation": _ASKS_FOR_MAIL,
    "person.change_address": _ASKS_FOR_MAIL,
    "data.known": _EXPORTS,
    "data.written": _EXPORTS,
}

_ANSWER_SECONDS = 1
# One household or phone is a /64 of IPv6 (RFC 6177 §2), and can change the rest at will.
_HOUSEHOLD = 64


def visitor() -> str:
    """A keyed hash of where the request comes from. The key changes each day, so that nothing
    in Redis tells who was here, nor that they came back."""
    place = ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104  # nobody's
    if place.version == 6:
        place = ip_network((place, _HOUSEHOLD), strict=False).network_address
    today = kit().clock.now().date().isoformat()
    key = kit().vault.derive("rate limit")
    return hmac.digest(key, f"{today} {place}".encode(), "sha256").hex()[:32]


def limit(app: Flask, settings: Settings) -> None:
    """Puts the limits on views that are there already."""
    logging.getLogger("flask-limiter").setLevel(logging.CRITICAL + 1)  # it would write paths
    url = settings.redis
    limiter = Limiter(
        visitor,
        app=app,
        storage_uri=f"redis+{url}" if url.startswith("unix:") else url,
        storage_options={
            "socket_timeout": _ANSWER_SECONDS,
            "socket_connect_timeout": _ANSWER_SECONDS,
        },
        strategy="fixed-window",
        key_prefix="quietlist",
        in_memory_fallback_enabled=True,
        swallow_errors=True,  # a limit that cannot be counted is no reason to turn anyone away
    )
    for endpoint, often in _LIMITS.items():
        view = app.view_functions[endpoint]
        app.view_functions[endpoint] = limiter.limit(often)(view)  # type: ignore[assignment]  # its types are wider than Flask's
