"""Opens files of strangers in a child process: what breaks or takes over a decoder stays in there.

The child is started for the first file, serves one file after the other, and is
ended after a minute without any. `listserv.adapters.decoder_child` is its inside.
"""

import os
import socket
import subprocess
import sys
import weakref
from collections.abc import Callable
from threading import Lock, Timer

from listserv.adapters.decoder_wire import MOST_BYTES, Frame, receive, send
from listserv.domain.picture import ENDINGS, Picture

_IDLE_SECONDS = 60.0
# Above what the child allows itself; reached only when the child itself is frozen.
_PATIENCE_SECONDS = 45.0
_END_SECONDS = 1.0
_COMMAND = (sys.executable, "-m", "listserv.adapters.decoder_child")


class DecoderProcess:
    """A `listserv.domain.ports.Decoder` with a child of its own; several threads may ask."""

    def __init__(self, idle_seconds: float = _IDLE_SECONDS) -> None:
        self._idle_seconds = idle_seconds
        self.patience = _PATIENCE_SECONDS  # seconds that the child may say nothing
        self._lock = Lock()
        self._peer: socket.socket | None = None
        self._end: Callable[[], object] = lambda: None
        self._timer: Timer | None = None
        self._uses = 0

    def picture(self, content: bytes) -> Picture | None:
        content_type, _, made = self._ask(Frame.PICTURE, content).partition(b"\n")
        kind, _, place = content_type.decode("ascii", "replace").partition(" ")
        return Picture(made, kind, told_place=bool(place)) if kind in ENDINGS else None

    def words(self, content: bytes) -> str | None:
        return self._ask(Frame.DOCUMENT, content).decode("utf-8", "replace") or None

    def _ask(self, frame: Frame, content: bytes) -> bytes:
        """What the child made of it; b"" when it made nothing, or took too long."""
        if len(content) > MOST_BYTES:
            return b""
        with self._lock:
            self._uses += 1
            try:
                return self._exchanged(frame, content)
            finally:
                self._wait_for_more(self._uses)

    def _exchanged(self, frame: Frame, content: bytes) -> bytes:
        for _ in range(2):  # the child may have been killed since the last file
            try:
                self._peer = self._peer or self._started()
                self._peer.settimeout(self.patience)
                send(self._peer, frame, content)
                return receive(self._peer)[1]
            except TimeoutError:
                self._stop()
                return b""
            except (OSError, EOFError, ValueError):
                self._stop()
        return b""

    def _started(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            child = subprocess.Popen(  # noqa: S603  # our own interpreter, our own module
                _COMMAND,
                # None of our settings and keys; only where the code is.
                env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                stdin=theirs.fileno(),
                # Decoders print what they find in files.
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._end = weakref.finalize(self, _end, ours, child)
        return ours

    def _stop(self) -> None:
        self._end()
        self._peer = None

    def _wait_for_more(self, use: int) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = Timer(self._idle_seconds, self._retire, [use])
        self._timer.daemon = True
        self._timer.start()

    def _retire(self, use: int) -> None:
        with self._lock:
            if use == self._uses:  # no file has come in meanwhile
                self._stop()


def _end(peer: socket.socket, child: "subprocess.Popen[bytes]") -> None:
    """The child ends when nobody is left to ask it; a frozen one is killed."""
    peer.close()
    try:
        child.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
