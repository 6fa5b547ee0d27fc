"""Logs: one line an event, from a small vocabulary, with listed fields only.

Never an address, a name, a client's IP, a subject or the text of an
exception: `event` takes numbers, and words of our own.
"""

import logging
import sys
from datetime import UTC, datetime

_LOG = logging.getLogger("quietlist")

# Libraries that write what senders and members wrote.
_SILENCED = (
    "mail.log",
    "mailparser",
    "rq",
    "rq.worker",
    "rq.job",
    "asyncio",
    "sqlalchemy",
    "alembic",
    "PIL",
    "flufl.bounce",
)


class _Line(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        # One line an event: whatever would break it is shown escaped.
        text = record.getMessage().encode("unicode_escape").decode("ascii")
        return f"{at} {record.levelname.lower()} {record.name.removeprefix('quietlist.')} {text}"


def start_logging(part: str, level: str = "info") -> None:
    """Sends our events to standard error, marked with the part that speaks."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Line())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    global _LOG  # noqa: PLW0603  # one process is one part, named once at its start
    _LOG = logging.getLogger(f"quietlist.{part}")
    _LOG.setLevel(level.upper())
    for name in _SILENCED:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def event(name: str, **fields: int | str | float | None) -> None:
    """Logs one event: a fixed word of ours, ids and counts."""
    _LOG.info("%s%s", name, _joined(fields))


def problem(
    name: str, error: BaseException | None = None, **fields: int | str | float | None
) -> None:
    """Logs something that went wrong: of the error its class name only."""
    if error is not None:
        fields = {"error": type(error).__name__, **fields}
    _LOG.warning("%s%s", name, _joined(fields))


def _joined(fields: dict[str, int | str | float | None]) -> str:
    return "".join(f" {key}={value}" for key, value in fields.items() if value is not None)
