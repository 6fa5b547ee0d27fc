"""One connection: aiosmtpd's SMTP and LMTP, with our limits and a way to end in order."""

import asyncio
import logging
import ssl
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP

from listserv.domain.routing import Route
from listserv.settings import Network
from smtp_gateway import replies
from smtp_gateway.handler import Handler
from smtp_gateway.limits import (
    COMMANDS_A_SESSION,
    IDLE_SECONDS,
    LONGEST_LINE,
    MESSAGES_IN_FLIGHT,
    Connections,
    is_trusted,
)

logging.getLogger("mail.log").disabled = True  # aiosmtpd writes addresses there

_HTTP_VERBS = ("GET", "POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "PATCH", "TRACE", "PRI")


@dataclass
class House:
    """What all sessions of one gateway share."""

    handler: Handler
    host_name: str
    size_limit: int
    networks: tuple[Network, ...]
    tls: ssl.SSLContext | None = None
    idle_seconds: float = IDLE_SECONDS
    connections: Connections = field(default_factory=Connections)
    sessions: set["SmtpSession"] = field(default_factory=set)
    closing: bool = False


class SmtpSession(SMTP):
    """answers_each: LMTP's way of answering once for each recipient after the final dot."""

    line_length_limit = LONGEST_LINE
    answers_each = False

    def __init__(self, house: House) -> None:
        self._house = house
        self._client: str | None = None
        self.targets: list[Route] = []
        self.trusted = False
        self.in_data = False
        super().__init__(
            house.handler,
            data_size_limit=house.size_limit,
            enable_SMTPUTF8=True,
            hostname=house.host_name,
            ident="Quietlist",
            tls_context=house.tls,
            timeout=house.idle_seconds,
            command_call_limit=COMMANDS_A_SESSION,
            auth_exclude_mechanism=["LOGIN", "PLAIN"],
            loop=asyncio.get_running_loop(),
        )
        for verb in _HTTP_VERBS:
            self._smtp_methods[verb] = self._end_http

    def connection_made(self, transport: Any) -> None:
        if self._client is not None:  # the same client, encrypted now (RFC 3207 §4.2)
            super().connection_made(transport)
            return
        peer = transport.get_extra_info("peername")
        self.trusted = is_trusted(peer, self._house.networks)
        client = str(peer[0]) if isinstance(peer, tuple) else "unix"
        if self._house.closing or not self._house.connections.enter(client, self.trusted):
            transport.write(replies.TOO_MANY_CONNECTIONS.encode() + b"\r\n")
            transport.close()
            return
        self._client = client
        self._house.sessions.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self._client is None:  # it was turned away at the door
            return
        if self in self._house.sessions:
            self._house.sessions.discard(self)
            self._house.connections.leave(self._client)
        super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        if self._client is not None:
            super().data_received(data)

    def eof_received(self) -> bool | None:
        return super().eof_received() if self._client is not None else None

    async def push(self, status: Any) -> None:
        await super().push(replies.clean(status) if isinstance(status, str) else status)

    def _set_post_data_state(self) -> None:
        super()._set_post_data_state()  # type: ignore[no-untyped-call]  # aiosmtpd has no types there
        self.targets = []

    async def smtp_MAIL(self, arg: str | None) -> None:
        try:
            await super().smtp_MAIL(arg)
        except (IndexError, ValueError, AttributeError):
            await self.push(replies.SYNTAX)

    async def smtp_RCPT(self, arg: str | None) -> None:
        try:
            await super().smtp_RCPT(arg)
        except (IndexError, ValueError, AttributeError):
            await self.push(replies.SYNTAX)

    async def smtp_VRFY(self, arg: str | None) -> None:
        await self.push(replies.NO_VRFY)

    async def smtp_DATA(self, arg: str | None) -> None:
        connections = self._house.connections
        if connections.in_flight >= MESSAGES_IN_FLIGHT:
            await self.push(replies.BUSY)
            return
        connections.in_flight += 1
        self.in_data = True
        try:
            await super().smtp_DATA(arg or "")
        finally:
            connections.in_flight -= 1
            self.in_data = False
            if self._house.closing:
                self.end()

    async def _end_http(self, arg: str | None) -> None:
        """A browser was tricked into speaking to us; a mail in its request is not taken."""
        await self.push(replies.NOT_HTTP)
        if self.transport is not None:
            self.transport.close()

    def end(self) -> None:
        """Says goodbye and closes, between two transactions."""
        if self.transport is not None:
            self._writer.write(replies.CLOSING.encode() + b"\r\n")
            self._writer.close()


class LmtpSession(SmtpSession, LMTP):
    """The same over LMTP (RFC 2033)."""

    answers_each = True
