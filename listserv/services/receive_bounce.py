"""A bounce comes back to one of our return paths."""

from listserv.domain.decision import Decision, Discard, Reason, Reject
from listserv.domain.return_path import day_of
from listserv.domain.routing import ToCommand
from listserv.mail.bounce_report import bounce_in
from listserv.services.count_bounce import count_bounce
from listserv.services.kit import Kit

_TAKEN = Discard(Reason("bounce", "The report was taken note of."))
_FOREIGN = Reject(Reason("bounce", "This return address is not one of ours, or it is too old."))


def receive_bounce(kit: Kit, route: ToCommand, raw: bytes) -> Decision:
    """Counts it, and keeps nothing of it: reports carry real addresses.

    Raises Unavailable when it cannot be counted now.
    """
    copy = kit.tokens.read_return_path(route.token, day_of(kit.clock.now()))
    if copy is None:
        return _FOREIGN
    kind = bounce_in(raw)
    if kind is not None:
        with kit.database.transaction() as tx:
            count_bounce(kit, tx, copy, kind)
    return _TAKEN
