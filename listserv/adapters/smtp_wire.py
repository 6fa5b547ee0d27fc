"""One SMTP connection as lines and replies (RFC 5321 §4.2), with a time limit for each reply."""

import re
import socket
import ssl
from dataclasses import dataclass, field
from time import monotonic

_LONGEST_LINE = 4096
_MOST_LINES = 100
_REPLY_LINE = re.compile(rb"([2-5][0-9]{2})(?:([ -])(.*))?")
_LINE_START_DOT = re.compile(rb"(?m)^\.")
_LINE_END = re.compile(rb"\r\n|\r|\n")


class BrokenOff(Exception):
    """The connection is of no use any more: closed, too slow, or not speaking SMTP."""


@dataclass(frozen=True)
class Reply:
    """code: 200 to 599. lines: the texts behind it, never shown or logged."""

    code: int
    lines: tuple[str, ...] = field(default=(), repr=False)

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
        try:
            self._socket = socket.create_connection((host, port), connect_seconds)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except (OSError, ValueError):
            raise BrokenOff from None

    def encrypt(self, context: ssl.SSLContext, host: str, seconds: float) -> None:
        """What arrived before the handshake came in the clear, from anyone: then there is none."""
        if self._buffer:
            raise BrokenOff
        try:
            self._socket.settimeout(seconds)
            self._socket = context.wrap_socket(self._socket, server_hostname=host)
        except (OSError, ValueError):  # ssl.SSLError and a bad certificate are OSErrors
            raise BrokenOff from None

    def write(self, content: bytes, seconds: float) -> None:
        try:
            self._socket.settimeout(seconds)
            self._socket.sendall(content)
        except (OSError, ValueError):
            raise BrokenOff from None

    def reply(self, seconds: float) -> Reply:
        """The next reply. seconds: for the whole of it, however it trickles in."""
        ends = monotonic() + seconds
        lines: list[str] = []
        while len(lines) < _MOST_LINES:
            match = _REPLY_LINE.fullmatch(self._line(ends))
            if not match:
                break
            lines.append((match[3] or b"").decode("utf-8", "replace"))
            if match[2] != b"-":
                return Reply(int(match[1]), tuple(lines))
        raise BrokenOff

    def quiet(self) -> bool:
        """Whether the other side has said nothing since: a goodbye or a closed end would show."""
        if self._buffer:
            return False
        try:
            self._socket.settimeout(0)
            self._socket.recv(1)
        except (BlockingIOError, ssl.SSLWantReadError):
            return True
        except OSError:
            return False
        return False

    def close(self) -> None:
        self._socket.close()

    def _line(self, ends: float) -> bytes:
        while b"\n" not in self._buffer:
            if len(self._buffer) > _LONGEST_LINE:
                raise BrokenOff
            self._buffer += self._receive(ends - monotonic())
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.removesuffix(b"\r")

    def _receive(self, seconds: float) -> bytes:
        if seconds <= 0:
            raise BrokenOff
        try:
            self._socket.settimeout(seconds)
            content = self._socket.recv(16384)
        except OSError:
            raise BrokenOff from None
        if not content:
            raise BrokenOff
        return content


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
    return _LINE_START_DOT.sub(b"..", content) + b".\r\n"
