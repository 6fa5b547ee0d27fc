"""What happens at RCPT and at DATA: the only places where a session reaches a use case."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from typing import Any, TypeVar

from aiosmtpd.smtp import Envelope as SmtpEnvelope

from listserv import logs
from listserv.domain.envelope import Envelope
from listserv.domain.routing import Route, Unknown
from listserv.services.find_route import find_route
from listserv.services.kit import Kit
from smtp_gateway import replies
from smtp_gateway.dispatch import dispatch
from smtp_gateway.limits import MOST_RECIPIENTS

T = TypeVar("T")


class Handler:
    """aiosmtpd calls the `handle_…` methods. Blocking work is done in the executor's threads."""

    def __init__(self, kit: Kit, executor: Executor) -> None:
        self._kit = kit
        self._executor = executor

    async def handle_EHLO(  # aiosmtpd's name and arguments
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", "250-ENHANCEDSTATUSCODES", responses[-1]]

    async def handle_RCPT(  # aiosmtpd's name and arguments
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        route = await self._off_loop(lambda: find_route(self._kit, address))
        if isinstance(route, Unknown):
            return replies.UNKNOWN
        targets: list[Route] = server.targets
        if route in targets and not server.answers_each:
            return replies.OK  # a repeated recipient counts once
        if targets and not server.answers_each:
            return replies.ONE_TARGET
        if len(targets) >= MOST_RECIPIENTS:
            return replies.ONE_TARGET
        targets.append(route)
        envelope.rcpt_tos.append(address)
        return replies.OK

    async def handle_DATA(self, server: Any, session: Any, envelope: SmtpEnvelope) -> str:
        """In LMTP one reply for each accepted recipient (RFC 2033 §4.2); the last is returned."""
        said = Envelope(
            mail_from="" if envelope.mail_from in (None, "<>") else str(envelope.mail_from),
            trusted=server.trusted,
        )
        raw = envelope.content
        if not isinstance(raw, bytes):
            raise TypeError("a message that is not bytes")
        done: dict[Route, str] = {}
        answers = []
        for route in server.targets:
            if route not in done:
                done[route] = await self._off_loop(partial(dispatch, self._kit, route, said, raw))
            answers.append(done[route])
        for answer in answers[:-1]:
            await server.push(answer)
        return answers[-1]

    async def handle_exception(self, error: Exception) -> str:
        """Whatever else goes wrong in a session is ours, and told without any detail."""
        logs.problem("session_failed", error)
        return replies.TRY_AGAIN

    async def _off_loop(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)
