"""Answers for machines: whether we are well, and how much waits."""

from hmac import compare_digest

from flask import Blueprint, Response, abort, jsonify, request
from flask.typing import ResponseReturnValue

from listserv.services.health import health
from listserv.services.status import status
from web.extensions import kit, settings
from web.security import from_this_machine

machine = Blueprint("machine", __name__)


@machine.get("/healthz")
def healthz() -> ResponseReturnValue:
    """503 only when the database is down: without Redis mail is still taken."""
    found = health(kit())
    words = "ok" if found.database and found.redis else "degraded" if found.database else "down"
    return (
        jsonify(
            status=words,
            database="ok" if found.database else "down",
            redis="ok" if found.redis else "down",
        ),
        200 if found.database else 503,
    )


@machine.get("/metrics")
def metrics() -> Response:
    """Prometheus' text format; numbers only."""
    if not (from_this_machine() or _has_token()):
        abort(404)
    found = status(kit())
    lines = [
        f"quietlist_posts_inbound {found.inbound}",
        f"quietlist_posts_held {found.held}",
        f"quietlist_quarantine {found.quarantine}",
        f"quietlist_redis_up {int(found.redis == 'ok')}",
        *(f'quietlist_deliveries{{state="{s}"}} {n}' for s, n in found.deliveries.items()),
        *(f'quietlist_notices{{state="{s}"}} {n}' for s, n in found.notices.items()),
    ]
    return Response("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4")


def _has_token() -> bool:
    wanted = settings().metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(wanted) and compare_digest(wanted.encode(), given.encode())
