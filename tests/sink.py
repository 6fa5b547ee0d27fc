"""A relay that keeps what it is given: the envelope and the bytes of every copy.

It can refuse recipients, break off, and hold the line in the middle of a run, so
that a test may do harm at a known moment.
"""

import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import BinaryIO, cast


@dataclass(frozen=True)
class Copy:
    """One mail as it came over the wire, dots undone."""

    mail_from: str
    recipient: str
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=policy.default)

    @property
    def header(self) -> bytes:
        return self.content.partition(b"\r\n\r\n")[0] + b"\r\n"

    @property
    def text(self) -> str:
        """The plain text of the body, lines ending in "\\n"."""
        body = self.message.get_body(("plain",))
        assert body is not None, "a copy without plain text"
        return str(body.get_content()).replace("\r\n", "\n")


class Sink(socketserver.ThreadingTCPServer):
    """answers: what RCPT is answered for a recipient, such as "451 4.7.1 Later"; "" breaks off.

    pace: seconds that it thinks about each copy before it says that it has it.
    """

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Session)
        self.answers: dict[str, str] = {}
        self.pace = 0.0
        self._copies: list[Copy] = []
        self._lock = threading.Lock()
        self._open = threading.Event()
        self._open.set()
        self._shut_after: int | None = None

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def copies(self) -> list[Copy]:
        with self._lock:
            return list(self._copies)

    def __len__(self) -> int:
        with self._lock:
            return len(self._copies)

    def count(self) -> Counter[str]:
        """How many copies each recipient has."""
        return Counter(copy.recipient for copy in self.copies)

    def to(self, recipient: str) -> list[Copy]:
        return [copy for copy in self.copies if copy.recipient == recipient]

    def shut_after(self, copies: int) -> None:
        """Lets copies in up to that number; whoever brings the next one waits until told."""
        with self._lock:
            self._shut_after = copies
            self._open.set()

    def go_on(self) -> None:
        with self._lock:
            self._shut_after = None
            self._open.set()

    @property
    def is_shut(self) -> bool:
        return not self._open.is_set()

    def wait_at_the_door(self) -> None:
        """Called before a transaction begins."""
        with self._lock:
            if self._shut_after is not None and len(self._copies) >= self._shut_after:
                self._open.clear()
        self._open.wait()

    def take(self, copy: Copy) -> None:
        with self._lock:
            self._copies.append(copy)
        threading.Event().wait(self.pace)


class _Session(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a relay needs, PIPELINING included."""

    disable_nagle_algorithm = True

    def handle(self) -> None:
        with suppress(OSError):  # clients are killed in some tests: that is what those are about
            self._talk()

    def _talk(self) -> None:
        sink = cast(Sink, self.server)
        lines = cast(BinaryIO, self.rfile)
        self._say("220 sink.example.net ESMTP")
        mail_from = recipient = ""
        while line := lines.readline():
            command = line.decode("utf-8").rstrip("\r\n")
            match command.partition(" ")[0].partition(":")[0].upper():
                case "EHLO":
                    self._say("250-sink.example.net", "250-PIPELINING", "250-8BITMIME")
                    self._say("250 SMTPUTF8")
                case "MAIL":
                    sink.wait_at_the_door()
                    mail_from, recipient = _in_brackets(command), ""
                    self._say("250 2.1.0 OK")
                case "RCPT":
                    named = _in_brackets(command)
                    answer = sink.answers.get(named, "250 2.1.5 OK")
                    if not answer:
                        return
                    recipient = named if answer.startswith("2") else recipient
                    self._say(answer)
                case "DATA" if recipient:
                    self._say("354 Go on")
                    content = _content(lines)
                    if content is None:
                        return
                    sink.take(Copy(mail_from, recipient, content))
                    self._say("250 2.0.0 Taken")
                case "DATA":
                    self._say("554 5.5.1 No valid recipients")
                case "QUIT":
                    self._say("221 2.0.0 Bye")
                    return
                case _:
                    self._say("250 2.0.0 OK")

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


def _in_brackets(command: str) -> str:
    return command[command.index("<") + 1 : command.index(">")]


def _content(lines: BinaryIO) -> bytes | None:
    """What stands before the final dot; None when the client broke off."""
    found: list[bytes] = []
    while line := lines.readline():
        if line == b".\r\n":
            return b"".join(found)
        found.append(line.removeprefix(b".") if line.startswith(b"..") else line)
    return None


@contextmanager
def sinking(port: int = 0) -> Iterator[Sink]:
    """A sink that takes mail for the length of the block."""
    with Sink(port) as sink:
        thread = threading.Thread(target=sink.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield sink
        finally:
            sink.go_on()
            sink.shutdown()
            thread.join()
