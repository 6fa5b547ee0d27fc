"""A gateway in a thread of the test, and a client that speaks byte by byte."""

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from listserv.services.kit import Kit
from listserv.settings import Settings
from smtp_gateway.limits import Limits
from smtp_gateway.server import Gateway


@dataclass
class Running:
    """A gateway that listens; `call` runs something in its loop."""

    gateway: Gateway
    loop: asyncio.AbstractEventLoop

    @property
    def port(self) -> int:
        return self.gateway.ports[0]

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self.gateway.close(), self.loop).result(20)


@contextmanager
def running(kit: Kit, limits: Limits | None = None, **settings: str) -> Iterator[Running]:
    values = {"smtp_listen": "127.0.0.1:0", **settings}
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def make() -> Gateway:
        gateway = Gateway(Settings(**values), kit, limits)
        await gateway.start()
        return gateway

    found = Running(asyncio.run_coroutine_threadsafe(make(), loop).result(20), loop)
    try:
        yield found
    finally:
        found.close()
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


class Client:
    """A raw client: `say` sends a line and returns the whole reply."""

    def __init__(self, port: int = 0, path: str = "", source: str = "127.0.0.1") -> None:
        if path:
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.connect(path)
        else:
            self.socket = socket.create_connection(("127.0.0.1", port), 10, (source, 0))
        self.socket.settimeout(15)
        self._file = self.socket.makefile("rb")
        self.greeting = self.reply()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self.socket.close()

    def send(self, content: bytes) -> None:
        self.socket.sendall(content)

    def reply(self) -> str:
        """One reply, its lines joined by newlines; "" when the other side closed."""
        lines = []
        with suppress(ConnectionError):
            while line := self._file.readline().decode("utf-8", "replace"):
                lines.append(line.rstrip("\r\n"))
                if line[3:4] != "-":
                    break
        return "\n".join(lines)

    def say(self, line: str | bytes) -> str:
        with suppress(ConnectionError):
            self.send((line.encode() if isinstance(line, str) else line) + b"\r\n")
        return self.reply()

    def hello(self, verb: str = "EHLO") -> str:
        return self.say(f"{verb} client.example.net")

    def start(self, recipient: str, sender: str = "ann@example.net") -> str:
        """Up to and with RCPT."""
        self.hello()
        assert self.say(f"MAIL FROM:<{sender}>").startswith("250")
        return self.say(f"RCPT TO:<{recipient}>")

    def data(self, content: bytes) -> str:
        assert self.say("DATA").startswith("354")
        self.send(content + b"\r\n.\r\n")
        return self.reply()

    def encrypt(self) -> None:
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        self._file.close()
        self.socket = context.wrap_socket(self.socket)
        self._file = self.socket.makefile("rb")


def eventually(true: Callable[[], bool]) -> bool:
    """Whether it becomes true within ten seconds."""
    pause, ends = threading.Event(), time.monotonic() + 10
    while not true() and time.monotonic() < ends:
        pause.wait(0.01)
    return true()
