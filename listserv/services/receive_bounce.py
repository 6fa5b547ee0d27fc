"""A bounce comes back to one of our return paths."""

from listserv.domain.decision import Decision, Discard, Reason, Reject
from listserv.domain.routing import ToCommand
from listserv.services.deliver import days
from listserv.services.kit import Kit

_TAKEN = Discard(Reason("bounce", "The report was taken note of."))
_FOREIGN = Reject(Reason("bounce", "This return address is not one of ours, or it is too old."))


def receive_bounce(kit: Kit, route: ToCommand) -> Decision:
    """Reads the token only: reports carry real addresses, so nothing of theirs is looked at."""
    today = days(kit.clock.now())
    return _FOREIGN if kit.tokens.read_return_path(route.token, today) is None else _TAKEN
