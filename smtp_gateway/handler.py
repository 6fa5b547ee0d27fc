"""What happens at RCPT and at DATA: the only places where a session reaches a use case."""

from functools import partial

from listserv import logs
from listserv.domain.envelope import Envelope
from listserv.domain.errors import Unavailable
from listserv.domain.routing import Route
from listserv.services.find_route import find_route
from listserv.services.kit import Kit
from smtp_gateway import replies
from smtp_gateway.crew import Crew
from smtp_gateway.dispatch import dispatch
from smtp_gateway.limits import Limits
from smtp_gateway.line_ends import as_sent, has_endless_line

# Looking up has threads of its own, so that one slow message does not hold up every RCPT.
_ASKING = 2
# More would take turns at one interpreter and one writer: six took half as many posts a second.
_TAKING = 3


class Handler:
    """Hops off the event loop: one hop for a recipient, one for a message."""

    def __init__(self, kit: Kit, limits: Limits) -> None:
        self._kit = kit
        self._asking = Crew("ask", _ASKING, limits.waiting)
        self._taking = Crew("take", _TAKING, limits.waiting)

    async def route_of(self, recipient: str) -> Route:
        """Raises Unavailable."""
        return await self._asking.do(partial(find_route, self._kit, recipient))

    async def take(self, routes: list[Route], envelope: Envelope, content: bytearray) -> list[str]:
        """The replies after the final dot, one for each route; a route given twice is one post."""
        try:
            answers = await self._taking.do(partial(_take, self._kit, routes, envelope, content))
        except Unavailable as error:
            logs.problem("overloaded", error)
            return [replies.BUSY] * len(routes)
        return answers

    def close(self) -> None:
        self._asking.dismiss()
        self._taking.dismiss()


def _take(kit: Kit, routes: list[Route], envelope: Envelope, content: bytearray) -> list[str]:
    raw = as_sent(content)
    if has_endless_line(raw):
        return [replies.LONG_LINE] * len(routes)
    answers = {route: dispatch(kit, route, envelope, raw) for route in dict.fromkeys(routes)}
    return [answers[route] for route in routes]
