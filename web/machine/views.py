"""Answers for machines: whether we are well, and how much waits."""

from hmac import compare_digest

from flask import Blueprint, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue

from listserv import logs
from listserv.services.health import Health, health
from listserv.services.status import status
from web.extensions import kit, settings
from web.machine.metrics_text import metrics_text
from web.security import from_this_machine

machine = Blueprint("machine", __name__)


@machine.get("/healthz")
def healthz() -> ResponseReturnValue:
    """503 only when the database is down: without Redis mail is still taken."""
    found = _health()
    words = "ok" if found.database and found.redis else "degraded" if found.database else "down"
    return (
        jsonify(
            status=words,
            database="ok" if found.database else "down",
            redis="ok" if found.redis else "down",
        ),
        200 if found.database else 503,
    )


def _health() -> Health:
    try:
        return health(kit())
    except Exception as error:  # a database file that is damaged raises what it likes
        logs.problem("health_failed", error)
        return Health(database=False, redis=kit().queue.waiting() is not None)


@machine.get("/metrics")
def metrics() -> Response:
    """Prometheus' text format; numbers only."""
    if not (from_this_machine() or _has_token()):
        abort(404)
    return Response(
        metrics_text(status(kit())), content_type="text/plain; version=0.0.4; charset=utf-8"
    )


def _has_token() -> bool:
    wanted = settings().metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(wanted) and compare_digest(wanted.encode(), given.encode())
