"""The process that serves the pages."""

import logging
import signal
import sys
from types import FrameType

import waitress

from listserv import logs
from listserv.bootstrap import build_kit
from listserv.domain.errors import Refused
from listserv.settings import Settings
from web.app import create_app

THREADS = 8


def run(settings: Settings) -> None:
    """Serves until SIGTERM or SIGINT. Raises Refused when it cannot listen."""
    logging.getLogger("waitress").setLevel(logging.CRITICAL)  # it would write clients' addresses
    app = create_app(settings, build_kit(settings, "web"))
    try:
        server = waitress.create_server(
            app,
            host=settings.web.host,
            port=settings.web.port,
            threads=THREADS,
            ident="",
            # Who may say where a request comes from is decided in `web.security`.
            clear_untrusted_proxy_headers=False,
        )
    except OSError as error:
        raise Refused(f"The pages cannot be served on {settings.web} ({error.strerror}).") from None
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    logs.event("web_ready", port=getattr(server, "effective_port", settings.web.port))
    server.run()  # returns after SystemExit, once the requests in flight are answered


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)
