"""The tick: a sweep every few seconds. Any number of schedulers may run."""

import signal
import threading

from listserv import logs
from listserv.bootstrap import build_kit
from listserv.services.sweep import sweep
from listserv.settings import Settings

TICK_SECONDS = 10.0


def run(settings: Settings) -> None:
    """Sweeps until SIGTERM or SIGINT; a round that fails is made good by the next."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    kit = build_kit(settings, "scheduler")
    logs.event("scheduler_ready")
    while not stop.is_set():
        try:
            sweep(kit)
        except Exception as error:
            logs.problem("sweep_failed", error)
        stop.wait(TICK_SECONDS)
