"""The process that serves the pages."""

import logging
import signal
import sys
from types import FrameType

import waitress
from waitress.task import ThreadedTaskDispatcher

from listserv import logs
from listserv.bootstrap import build_kit
from listserv.domain.errors import Refused
from listserv.settings import Settings
from web.app import create_app

THREADS = 8
END_SECONDS = 2.5
IDLE_SECONDS = 30
MOST_CONNECTIONS = 500
MOST_HEADER = 32 * 1024
MOST_BODY = 1024 * 1024  # the pages take less, and say so in kinder words


class _Threads(ThreadedTaskDispatcher):  # type: ignore[misc]  # waitress ships no types
    """Threads that get a moment to answer what they have begun, and not more."""

    def shutdown(self, cancel_pending: bool = True, timeout: float = END_SECONDS) -> bool:
        ended: bool = super().shutdown(cancel_pending, timeout)
        return ended


def run(settings: Settings) -> None:
    """Serves until SIGTERM or SIGINT. Raises Refused when it cannot listen."""
    for name in ("waitress", "waitress.queue"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # it would write paths and addresses
    app = create_app(settings, build_kit(settings, "web"))
    threads = _Threads()
    threads.set_thread_count(THREADS)
    try:
        server = waitress.create_server(
            app,
            _dispatcher=threads,
            host=settings.web.host,
            port=settings.web.port,
            ident="",
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=5,
            connection_limit=MOST_CONNECTIONS,
            max_request_header_size=MOST_HEADER,
            max_request_body_size=MOST_BODY,
            # Who may say where a request comes from is decided in `web.security`.
            clear_untrusted_proxy_headers=False,
        )
    except (OSError, ValueError) as error:  # ValueError: a host name that is none
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise Refused(f"The pages cannot be served on {settings.web} ({reason}).") from None
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    logs.event("web_ready", port=getattr(server, "effective_port", settings.web.port))
    server.run()  # returns after SystemExit, once the requests in flight are answered
    logs.event("web_ended")


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)
