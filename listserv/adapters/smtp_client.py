"""A small SMTP client: one connection, one message at a time, pipelined where offered.

MAIL, RCPT and DATA go out together (RFC 2920), so a copy costs two round trips
instead of four; the standard library's client cannot do that.
"""

import base64
import re
import socket
import ssl
from dataclasses import dataclass, field
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from listserv.domain.delivery import Deferred, Failed, Outcome, RelayDown, Sent
from listserv.domain.ports import OutboundMessage

CONNECT_SECONDS = 10
REPLY_SECONDS = 60
# RFC 5321 §4.5.3.2.6: the relay may take its time after the final dot.
FINAL_SECONDS = 300
_LONGEST_REPLY = 4096
_MOST_REPLY_LINES = 100

_LINE_START_DOT = re.compile(rb"(?m)^\.")


class RelayTrouble(Exception):
    """The relay cannot be used now. Its text is ours, and safe to show."""


@dataclass(frozen=True)
class Reply:
    code: int
    lines: tuple[str, ...] = field(repr=False)

    @property
    def ok(self) -> bool:
        return 200 <= self.code < 300


@dataclass(frozen=True)
class RelayUrl:
    """Where the relay is, and how it is spoken to.

    tls: "offered" (STARTTLS when the relay has it), "required", or "at once".
    """

    host: str
    port: int
    tls: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)


def read_url(url: str) -> RelayUrl:
    parts = urlsplit(url)
    tls, port = {
        "smtp": ("offered", 25),
        "smtp+starttls": ("required", 587),
        "smtps": ("at once", 465),
    }[parts.scheme]
    return RelayUrl(
        parts.hostname or "localhost",
        parts.port or port,
        tls,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


class SmtpClient:
    """An open connection, past EHLO, STARTTLS and AUTH. Raises RelayTrouble when there is none."""

    def __init__(self, relay: RelayUrl, helo_name: str) -> None:
        self._relay = relay
        self._helo_name = helo_name
        self._extensions: dict[str, str] = {}
        try:
            self._socket = socket.create_connection((relay.host, relay.port), CONNECT_SECONDS)
        except OSError:
            raise RelayTrouble("The relay does not answer.") from None
        self._file: BinaryIO = self._socket.makefile("rb")
        try:
            self._open()
        except (OSError, ValueError):
            self.close()
            raise RelayTrouble(
                "The relay broke off, or spoke nonsense, or its certificate is bad."
            ) from None
        except RelayTrouble:
            self.close()
            raise

    def send(self, message: OutboundMessage) -> Outcome:
        """One copy. After RelayDown the connection is closed and must not be used again."""
        try:
            return self._send(message)
        except (OSError, ValueError):
            self.close()
            return RelayDown()

    def close(self) -> None:
        try:
            self._file.close()
            self._socket.close()
        except OSError:
            pass

    def quit(self) -> None:
        """Says goodbye without waiting for the answer."""
        try:
            self._socket.settimeout(1)
            self._socket.sendall(b"QUIT\r\n")
        except OSError:
            pass
        self.close()

    def _open(self) -> None:
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.settimeout(REPLY_SECONDS)
        if self._relay.tls == "at once":
            self._encrypt()
        if not self._reply().ok:
            raise RelayTrouble("The relay does not take connections now.")
        self._hello()
        if self._relay.tls == "required" and "STARTTLS" not in self._extensions:
            raise RelayTrouble("The relay offers no STARTTLS, which smtp+starttls:// asks for.")
        if self._relay.tls != "at once" and "STARTTLS" in self._extensions:
            if not self._command("STARTTLS").ok:
                raise RelayTrouble("The relay offers STARTTLS, but refuses it.")
            self._encrypt()
            self._hello()
        if self._relay.user:
            self._login()

    def _encrypt(self) -> None:
        context = ssl.create_default_context()
        if self._relay.tls == "offered":
            # RFC 7435: without a promise in the URL, encryption is better than none, and a
            # certificate that cannot be checked no worse than the clear text it replaces.
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        # What arrived in the clear before the handshake is dropped with the old file.
        self._file.close()
        self._socket = context.wrap_socket(self._socket, server_hostname=self._relay.host)
        self._file = self._socket.makefile("rb")

    def _hello(self) -> None:
        reply = self._command(f"EHLO {self._helo_name}")
        if not reply.ok:
            reply = self._command(f"HELO {self._helo_name}")
            if not reply.ok:
                raise RelayTrouble("The relay refuses our greeting.")
            reply = Reply(reply.code, ())
        words = (line.partition(" ") for line in reply.lines[1:])
        self._extensions = {name.upper(): rest for name, _, rest in words}

    def _login(self) -> None:
        secret = f"\0{self._relay.user}\0{self._relay.password}".encode()
        reply = self._command("AUTH PLAIN " + base64.b64encode(secret).decode("ascii"))
        if not reply.ok:
            raise RelayTrouble("The relay refuses the user or the password.")

    def _send(self, message: OutboundMessage) -> Outcome:
        refusal = self._unfit(message)
        if refusal:
            return refusal
        commands = [
            self._mail(message),
            b"RCPT TO:<%s>\r\n" % message.recipient.encode(),
            b"DATA\r\n",
        ]
        self._socket.settimeout(REPLY_SECONDS)
        if "PIPELINING" in self._extensions:
            self._socket.sendall(b"".join(commands))
            replies = [self._reply() for _ in commands]
        else:
            replies = []
            for command in commands:
                self._socket.sendall(command)
                replies.append(self._reply())
                if replies[-1].code >= 400:
                    break
        return self._finish(replies, message.content)

    def _finish(self, replies: list[Reply], content: bytes) -> Outcome:
        refused = next((reply for reply in replies if reply.code >= 400), None)
        if refused is None and replies[-1].code == 354:
            self._socket.settimeout(FINAL_SECONDS)
            self._socket.sendall(_dotted(content))
            return self._outcome(self._reply())
        if replies[-1].code == 354:
            # DATA was accepted although a recipient was not: end it without a message
            # (RFC 2920 §3.1); with no valid recipient nothing is delivered.
            self._socket.sendall(b".\r\n")
            self._reply()
        elif len(replies) < 3 or refused is not None:
            self._socket.sendall(b"RSET\r\n")
            self._reply()
        return self._outcome(refused or replies[-1])

    def _outcome(self, reply: Reply) -> Outcome:
        if reply.code == 421:
            raise ConnectionResetError("421")
        if reply.ok:
            return Sent()
        if 400 <= reply.code < 500:
            return Deferred(str(reply.code))
        if 500 <= reply.code < 600:
            return Failed(str(reply.code))
        raise ValueError("an answer out of turn")

    def _unfit(self, message: OutboundMessage) -> Outcome | None:
        limit = self._extensions.get("SIZE", "")
        if limit.isdigit() and 0 < int(limit) < len(message.content):
            return Failed("552")
        if not message.recipient.isascii() and "SMTPUTF8" not in self._extensions:
            return Failed("553")
        if any(c in message.recipient for c in "\r\n<> "):
            return Failed("501")
        return None

    def _mail(self, message: OutboundMessage) -> bytes:
        line = f"MAIL FROM:<{message.return_path}>"
        if "SIZE" in self._extensions:
            line += f" SIZE={len(message.content)}"
        if not message.recipient.isascii():
            line += " SMTPUTF8"
        return line.encode() + b"\r\n"

    def _command(self, line: str) -> Reply:
        self._socket.sendall(line.encode() + b"\r\n")
        return self._reply()

    def _reply(self) -> Reply:
        """One reply (RFC 5321 §4.2.1). Raises OSError or ValueError when there is none."""
        lines = []
        for _ in range(_MOST_REPLY_LINES):
            line = self._file.readline(_LONGEST_REPLY)
            if not line.endswith(b"\n"):
                raise ConnectionResetError("the relay broke off")
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            if len(text) < 3 or not text[:3].isdigit() or text[3:4] not in ("", " ", "-"):
                raise ValueError("not a reply")
            lines.append(text[4:])
            if text[3:4] != "-":
                return Reply(int(text[:3]), tuple(lines))
        raise ValueError("a reply without an end")


def _dotted(content: bytes) -> bytes:
    """The content with dots at line starts doubled, and its end (RFC 5321 §4.5.2)."""
    if not content.endswith(b"\r\n"):
        content += b"\r\n"
    return _LINE_START_DOT.sub(b"..", content) + b".\r\n"
