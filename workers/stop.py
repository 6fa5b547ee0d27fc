"""How a process of ours ends: between two pieces of work, and soon."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

GRACE_SECONDS = 2.7


class Interrupted(BaseException):
    """SIGTERM or SIGINT came while nothing was at work. No `except Exception` may keep it."""


class Stop:
    """Raises Interrupted once SIGTERM or SIGINT came: at once, or after the work at hand."""

    def __init__(self) -> None:
        self.asked = False
        self._busy = False

    def listen(self) -> None:
        """Takes over both signals of this process; call it in its main thread."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)

    @contextmanager
    def busy(self) -> Iterator[None]:
        """A piece of work that a signal does not break off. Raises Interrupted after it."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False
        if self.asked:
            raise Interrupted

    def wait(self, seconds: float) -> None:
        """Waits. Raises Interrupted when a signal comes."""
        # An Event that the handler does not touch: setting one that is being waited for, in the
        # very thread that waits, can lock for ever.
        threading.Event().wait(seconds)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            return
        self.asked = True
        # A relay or a database that keeps us waiting longer does not keep the process: what it
        # had claimed is free again once its successor starts, or the lease ends.
        last = threading.Timer(GRACE_SECONDS, os._exit, (1,))
        last.daemon = True
        last.start()
        if not self._busy:
            raise Interrupted
