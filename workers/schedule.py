"""The tick: a sweep every few seconds. Any number of schedulers may run."""

from listserv import logs
from listserv.bootstrap import build_kit
from listserv.services.sweep import sweep
from listserv.settings import Settings
from workers.stop import Interrupted, Stop

TICK_SECONDS = 10.0


def run(settings: Settings) -> None:
    """Sweeps until SIGTERM or SIGINT; a round that fails is made good by the next."""
    stop = Stop()
    stop.listen()
    try:
        kit = build_kit(settings, "scheduler")
        logs.event("scheduler_ready")
        while True:
            with stop.busy():
                try:
                    sweep(kit)
                except Exception as error:
                    logs.problem("sweep_failed", error)
            stop.wait(TICK_SECONDS)
    except Interrupted:
        logs.event("scheduler_stopped")
