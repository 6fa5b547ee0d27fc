"""The outbox: where copies go while no relay is set, to be read on this machine."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from time import time_ns
from typing import TypeVar

from listserv.domain.delivery import Outcome, RelayDown, Sent
from listserv.domain.ports import OutboundMessage

T = TypeVar("T")


class Outbox:
    """A Maildir. Each file is exactly the mail as it would go over the wire."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def session(self) -> Iterator["Outbox"]:
        with suppress(OSError):  # `send` finds out, and says so for each copy
            for name in ("tmp", "new", "cur"):
                (self._path / name).mkdir(parents=True, exist_ok=True, mode=0o700)
        yield self

    def send(self, letters: Iterable[tuple[T, OutboundMessage]]) -> Iterator[tuple[T, Outcome]]:
        """See `listserv.domain.ports.RelaySession`."""
        for tag, message in letters:
            outcome = self._put(message)
            yield tag, outcome
            if isinstance(outcome, RelayDown):
                return

    def _put(self, message: OutboundMessage) -> Outcome:
        """On disk before it counts as sent; under its name only when it is whole."""
        # Names sort by time; the recipient stands neither in the name nor in the file.
        name = f"{time_ns()}.{os.getpid()}_{token_hex(4)}.quietlist"
        draft = self._path / "tmp" / name
        try:
            _write(draft, message.whole)
            draft.rename(self._path / "new" / name)
        except OSError:
            with suppress(OSError):
                draft.unlink()
            return RelayDown()
        return Sent()


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
