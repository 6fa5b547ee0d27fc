"""One SMTP connection as lines and replies (RFC 5321 §4.2); it never waits unless it is told to."""

import re
import select
import socket
import ssl
from functools import lru_cache
from time import monotonic
from typing import NamedTuple

_LONGEST_LINE = 4096
_MOST_LINES = 100
_CHUNK = 16384
_CODE = re.compile(rb"[2-5][0-9]{2}")
_AFTER_CODE = (b" ", b"-", b"")
_LINE_END = re.compile(rb"\r\n|\r|\n")


class BrokenOff(Exception):
    """The connection is of no use any more: closed, too slow, or not speaking SMTP."""


class Reply(NamedTuple):
    """code: 200 to 599. lines: the texts behind it, never shown or logged."""

    code: int
    lines: tuple[bytes, ...] = ()

    @property
    def ok(self) -> bool:
        return self.code < 300

    @property
    def refused(self) -> bool:
        return self.code >= 400


class Wire:
    """Every method raises BrokenOff, and nothing else, for whatever the other side does."""

    def __init__(self, host: str, port: int, connect_seconds: float) -> None:
        self._buffer = b""
        self._lines: list[bytes] = []
        self._encrypted = False
        try:
            self._socket = socket.create_connection((host, port), connect_seconds)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._socket.setblocking(False)
        except (OSError, ValueError):
            raise BrokenOff from None

    def fileno(self) -> int:
        """For select and poll; -1 once it is closed."""
        return self._socket.fileno()

    def encrypt(self, context: ssl.SSLContext, host: str, seconds: float) -> None:
        """What arrived before the handshake came in the clear, from anyone: then there is none."""
        if self._buffer:
            raise BrokenOff
        try:
            self._socket.settimeout(seconds)
            self._socket = context.wrap_socket(self._socket, server_hostname=host)
            self._socket.setblocking(False)
            self._encrypted = True
        except (OSError, ValueError):  # ssl.SSLError and a bad certificate are OSErrors
            raise BrokenOff from None

    def write(self, content: bytes, seconds: float) -> None:
        """All of it. seconds: how long the other side may go without taking any."""
        sent = 0
        while sent < len(content):
            try:
                sent += self._socket.send(memoryview(content)[sent:] if sent else content)
            except (BlockingIOError, ssl.SSLWantWriteError):
                self._wait(select.POLLOUT, seconds)
            except ssl.SSLWantReadError:
                self._wait(select.POLLIN, seconds)
            except (OSError, ValueError):
                raise BrokenOff from None

    def fill(self) -> None:
        """Takes in what has arrived, without waiting."""
        try:
            while content := self._socket.recv(_CHUNK):
                self._buffer += content
                if len(content) < _CHUNK and not (self._encrypted and self._held_back()):
                    return
        except (BlockingIOError, ssl.SSLWantReadError):
            return
        except OSError:
            raise BrokenOff from None
        raise BrokenOff

    def next_reply(self) -> Reply | None:
        """The next reply that is here in full."""
        while (end := self._buffer.find(b"\n")) >= 0:
            line = self._buffer[:end].removesuffix(b"\r")
            self._buffer = self._buffer[end + 1 :]
            code, dash = line[:3], line[3:4]
            if not _CODE.fullmatch(code) or dash not in _AFTER_CODE:
                raise BrokenOff
            self._lines.append(line[4:])
            if dash != b"-":
                lines, self._lines = tuple(self._lines), []
                return Reply(int(code), lines)
            if len(self._lines) == _MOST_LINES:
                raise BrokenOff
        if len(self._buffer) > _LONGEST_LINE:
            raise BrokenOff
        return None

    def take(self, pattern: re.Pattern[bytes]) -> bool:
        """Takes what is here, if it is just that."""
        if self._lines or not pattern.fullmatch(self._buffer):
            return False
        self._buffer = b""
        return True

    def reply(self, seconds: float) -> Reply:
        """Waits for the next reply. seconds: for the whole of it, however it trickles in."""
        ends = monotonic() + seconds
        while (found := self.next_reply()) is None:
            self._wait(select.POLLIN, ends - monotonic())
            self.fill()
        return found

    def quiet(self) -> bool:
        """Whether the other side has said nothing since: a goodbye or a closed end would show."""
        try:
            self.fill()
        except BrokenOff:
            return False
        return not self._buffer

    def close(self) -> None:
        self._socket.close()

    def _held_back(self) -> bool:
        """TLS may hold more than the socket shows."""
        return isinstance(self._socket, ssl.SSLSocket) and self._socket.pending() > 0

    def _wait(self, event: int, seconds: float) -> None:
        poll = select.poll()
        poll.register(self._socket, event)
        if seconds <= 0 or not poll.poll(seconds * 1000):
            raise BrokenOff


class Prepared(NamedTuple):
    """size: before dots are doubled."""

    wire: bytes
    size: int
    ascii: bool


@lru_cache(maxsize=2)
def prepared(content: bytes) -> Prepared:
    """What all copies of a post share is made ready for the wire once."""
    return Prepared(dotted(content), len(content), content.isascii())


def dotted(content: bytes) -> bytes:
    """The content as DATA carries it: CRLF only, dots at line starts doubled, and its end.

    RFC 5321 §4.5.2 and §2.3.8. Composed mail has clean line ends; the check is
    cheap, and a bare one passed on would let two servers see two mails.
    """
    ends = content.count(b"\r\n")
    if not content.count(b"\n") == content.count(b"\r") == ends:
        content = _LINE_END.sub(b"\r\n", content)
    if not content.endswith(b"\r\n"):
        content += b"\r\n"
    # Looked for first: on most mail `replace` would copy for nothing.
    if b"\n." in content:
        content = content.replace(b"\n.", b"\n..")
    return (b"." if content.startswith(b".") else b"") + content + b".\r\n"
