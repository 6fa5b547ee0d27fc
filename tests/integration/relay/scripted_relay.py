"""A relay that misbehaves by a script, over plain sockets or TLS."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

CLOSE = "close"  # an answer that hangs up
SILENCE = "silence"  # an answer that never comes
LOST = "lost"  # hangs up, and has taken the mail all the same

Answer = Callable[[str], str | None]


@dataclass
class ScriptedRelay:
    """Answers each line by `answer`, which may return None for what a good relay says.

    seen: every command line, of every connection, in order. mails: what came
    after each DATA, dots undoubled. delivered: to whom it took them, over each
    connection. connections: how many were taken.
    """

    answer: Answer = lambda line: None
    extensions: tuple[str, ...] = ("PIPELINING", "SIZE 1000000", "8BITMIME")
    context: ssl.SSLContext | None = None
    tls_at_once: bool = False
    seen: list[str] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)
    delivered: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)

    def serve(self, listener: socket.socket) -> None:
        while not self.stopped.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._guarded, args=(connection,), daemon=True).start()

    def _guarded(self, connection: socket.socket) -> None:
        try:
            self._talk(connection)
        except (OSError, EOFError):
            pass
        finally:
            connection.close()

    def _talk(self, connection: socket.socket) -> None:
        if self.tls_at_once and self.context:
            connection = self.context.wrap_socket(connection, server_side=True)
        stream = connection.makefile("rb")
        self._say(connection, self.answer("CONNECT") or "220 relay.example.net")
        recipient = ""
        while True:
            line = self._line(stream.readline())
            said = self._said(line)
            if line.startswith("MAIL"):
                recipient = ""
            elif line.startswith("RCPT TO:<") and said.startswith("2"):
                recipient = line[len("RCPT TO:<") :].partition(">")[0]
            self._say(connection, said)
            if line == "DATA" and said.startswith("354"):
                self._content(connection, stream.readline, recipient)
            elif line == "STARTTLS" and said.startswith("220") and self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
                stream = connection.makefile("rb")
            elif line == "QUIT":
                return

    def _line(self, raw: bytes) -> str:
        if not raw:
            raise EOFError
        line = raw.decode().rstrip("\r\n")
        self.seen.append(line)
        return line

    def _said(self, line: str) -> str:
        own = self.answer(line)
        if own is not None:
            return own
        if line.startswith("EHLO"):
            lines = ("relay.example.net", *self.extensions)
            return "\r\n".join(
                f"250{' ' if number == len(lines) - 1 else '-'}{text}"
                for number, text in enumerate(lines)
            )
        word = line.split(" ", maxsplit=1)[0]
        return {"DATA": "354 go on", "QUIT": "221 bye", "STARTTLS": "220 go"}.get(word, "250 ok")

    def _content(
        self, connection: socket.socket, readline: Callable[[], bytes], recipient: str
    ) -> None:
        lines = []
        while (line := readline()) != b".\r\n":
            if not line:
                raise EOFError
            if self.answer("LINE") is not None:
                self._say(connection, CLOSE)
            lines.append(line[1:] if line.startswith(b".") else line)
        said = self.answer("DOT") or "250 queued"
        if recipient and (said.startswith("2") or said == LOST):
            self.delivered.append(recipient)
        if said not in (CLOSE, LOST, SILENCE) and not said.startswith("421"):
            self.mails.append(b"".join(lines))  # before it is said: then others look at once
        self._say(connection, said)

    def _say(self, connection: socket.socket, text: str) -> None:
        if text in (CLOSE, LOST):
            raise EOFError
        if text == SILENCE:
            self.stopped.wait(60)
            raise EOFError
        connection.sendall(text.encode() + b"\r\n")
        if text.startswith("421"):
            raise EOFError


@contextmanager
def running(relay: ScriptedRelay) -> Iterator[ScriptedRelay]:
    """The relay on a free port of this machine, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        relay.port = listener.getsockname()[1]
        thread = threading.Thread(target=relay.serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield relay
        finally:
            relay.stopped.set()
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
