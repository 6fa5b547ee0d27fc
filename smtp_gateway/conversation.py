"""One connection: its command loop, its clock, and its ways to end.

aiosmtpd gives the streams, STARTTLS and the table of commands. The loop and
every command are ours: its own loop echoes what clients say, counts nothing
but unknown words, and reads messages line by line.
"""

import asyncio
import logging
import re
from collections.abc import Sequence
from typing import Any

from aiosmtpd.smtp import SMTP, TLSSetupException

from listserv import logs
from smtp_gateway import replies
from smtp_gateway.clients import Client
from smtp_gateway.house import House
from smtp_gateway.mail_under_way import MailUnderWay
from smtp_gateway.wire import Wire

logging.getLogger("mail.log").disabled = True  # aiosmtpd writes addresses there

# A browser that was tricked into speaking to us, or a mail whose DATA was refused: whatever
# stands in a request or a message would be followed as commands.
_NO_CLIENT = re.compile(rb"[!-~]+ [!-~]* ?HTTP/[0-9]|[A-Za-z][A-Za-z0-9-]*: ", re.IGNORECASE)
_CHATTER = {"NOOP", "RSET", "HELO", "EHLO", "LHLO", "VRFY", "EXPN", "HELP", "AUTH"}


class Conversation(SMTP):
    """Reads commands and hands them to the `smtp_…` methods of its subclass."""

    protocol = "ESMTP"

    def __init__(self, house: House) -> None:
        self._house = house
        self._limits = house.limits
        self._client: Client | None = None
        self._mail: MailUnderWay | None = None
        self._greeted = False
        self._errors = 0
        self._chatter = 0
        super().__init__(
            None,
            data_size_limit=house.size_limit,
            enable_SMTPUTF8=True,
            hostname=house.host_name,
            tls_context=house.tls,
            timeout=house.limits.idle_seconds,
            loop=asyncio.get_running_loop(),
        )

    @property
    def in_transaction(self) -> bool:
        return self._mail is not None

    def _guest(self) -> Client:
        """Whom we speak with. Raises ConnectionError once they are gone."""
        if self._client is None:
            raise ConnectionResetError
        return self._client

    # The connection, as asyncio tells of it.

    def _set_rset_state(self) -> None:
        """aiosmtpd calls this at the beginning, and when encryption begins (RFC 3207 §4.2)."""
        super()._set_rset_state()  # type: ignore[no-untyped-call]  # aiosmtpd has no types there
        self._greeted = False
        self._mail = None

    def connection_lost(self, error: Exception | None) -> None:
        self._house.sessions.discard(self)
        if self._client is not None:
            self._house.clients.leave(self._client)
            self._client = None
        super().connection_lost(error)

    def eof_received(self) -> bool | None:
        """A client that has said all it wants to say may still wait for its answers."""
        encrypted = self.session is not None and self.session.ssl is not None
        open_still = asyncio.StreamReaderProtocol.eof_received(self)
        return False if encrypted else open_still

    # The conversation.

    async def _handle_client(self) -> None:
        self._wire = Wire(self._reader)
        try:
            if await self._welcome():
                while await self._turn():
                    pass
        except ConnectionError:
            pass  # the other side went away; nobody is left to answer
        except TLSSetupException as error:
            self.connection_lost(error)  # nobody else says so while encryption has not begun
        finally:
            self._writer.close()

    async def _welcome(self) -> bool:
        peer = self._writer.get_extra_info("peername")
        client = None if self._house.closing else self._house.clients.enter(peer)
        if client is None:
            return await self._farewell(replies.TOO_MANY_CONNECTIONS)
        self._client = client
        self._house.sessions.add(self)
        await self.push(replies.greeting(self._house.host_name, self.protocol))
        return True

    async def _turn(self) -> bool:
        """One command and its answer; False when the session is over."""
        if self._house.closing and not self.in_transaction:
            return await self._farewell(replies.CLOSING)
        self._start_clock(self._limits.idle_seconds)
        line = await self._wire.command()
        try:
            await self._follow(line)
        except (ConnectionError, TLSSetupException):
            raise
        except Exception as error:
            await self.push(await self.handle_exception(error))
        if self._errors > self._limits.errors:
            return await self._farewell(replies.TOO_MANY_ERRORS)
        if self._chatter > self._limits.chatter:
            return await self._farewell(replies.TOO_MUCH_CHATTER)
        return not self._writer.is_closing()

    async def _follow(self, line: bytes | None) -> None:
        if line is None:
            await self.push(replies.LONG_COMMAND)
            return
        word, _, rest = line.partition(b" ")
        command = word.upper().decode("ascii", "replace")
        method = self._smtp_methods.get(command)
        argument = _readable(rest)
        if method is None and _NO_CLIENT.match(line):
            await self._farewell(replies.NOT_HTTP)
            return
        if method is None or argument is None:
            await self.push(replies.UNKNOWN_COMMAND)
            return
        self._chatter += command in _CHATTER
        await method(argument)

    async def handle_exception(self, error: Exception) -> str:
        """Whatever goes wrong beside a message is ours, and told without any detail."""
        logs.problem("session_failed", error)
        return replies.TRY_AGAIN

    async def push(self, status: Any) -> None:
        """Sends one line. aiosmtpd calls it too, before encryption begins."""
        await self._say((status,))

    async def _say(self, lines: Sequence[str]) -> None:
        """Sends lines in one piece: small pieces wait for each other on some networks."""
        self._count(lines[0])
        self._writer.write(
            b"".join(replies.clean(line).encode("ascii") + b"\r\n" for line in lines)
        )
        await self._writer.drain()

    def _count(self, reply: str) -> None:
        """Wrong commands count for everyone; a trusted server may pass on many bad recipients."""
        trusted = self._client is not None and self._client.trusted
        if reply.startswith("50") or (reply.startswith("5") and not trusted):
            self._errors += 1
        elif reply.startswith("452"):  # one more recipient at each turn leads nowhere either
            self._chatter += 1

    def _forgive(self) -> None:
        """A message that was taken makes good for what was before it."""
        self._errors = self._chatter = 0

    # The ways to end.

    async def _farewell(self, reply: str) -> bool:
        await self.push(reply)
        self._writer.close()
        return False

    def end(self) -> None:
        self._say_and_close(replies.CLOSING)

    def drop(self) -> None:
        self._writer.transport.abort()

    def _timeout_cb(self) -> None:
        self._say_and_close(replies.TOO_SLOW)

    def _say_and_close(self, reply: str) -> None:
        transport = self._writer.transport
        if transport.is_closing():
            return
        if transport.get_write_buffer_size():
            transport.abort()  # it does not read what it is told, and would never be gone
            return
        transport.write(reply.encode("ascii") + b"\r\n")
        transport.close()

    def _start_clock(self, seconds: float) -> None:
        """The client has that long for what comes next; a client that left needs no clock."""
        if self._client is not None:
            self._reset_timeout(seconds)

    def _stop_clock(self) -> None:
        """While we work, the client has nothing to hurry with."""
        if self._timeout_handle is not None:
            self._timeout_handle.cancel()


def _readable(argument: bytes) -> str | None:
    """The text behind a command; None when it holds control bytes or is no UTF-8 (RFC 6531)."""
    try:
        text = argument.strip(b" ").decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if all(c >= " " and c != "\x7f" for c in text) else None
