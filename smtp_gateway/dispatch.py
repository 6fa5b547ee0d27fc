"""From a route to its use case, and from what comes back to a reply."""

from listserv import logs
from listserv.domain.decision import Decision, Reason, Reject
from listserv.domain.envelope import Envelope
from listserv.domain.errors import Unavailable
from listserv.domain.routing import Command, Route, ToCommand, ToList, ToOperator, Unknown
from listserv.services.kit import Kit
from listserv.services.quarantine import quarantine
from listserv.services.receive_bounce import receive_bounce
from listserv.services.receive_command import receive_command
from listserv.services.receive_operator_mail import receive_operator_mail
from listserv.services.receive_post import receive_post
from smtp_gateway import replies


def dispatch(kit: Kit, route: Route, envelope: Envelope, raw: bytes) -> str:
    """The reply after the final dot. Never raises.

    Storage that fails is a matter of minutes: 451. Anything unexpected is a
    matter of this very mail, which a 4xx would bring back for ever: it is kept
    sealed instead.
    """
    try:
        decision = _receive(kit, route, envelope, raw)
    except Unavailable as error:
        logs.problem("not_stored", error)
        return replies.TRY_AGAIN
    except Exception as error:
        return _keep_aside(kit, error, raw)
    logs.event("received", route=type(route).__name__, decision=type(decision).__name__)
    return replies.reply_for(decision)


def _receive(kit: Kit, route: Route, envelope: Envelope, raw: bytes) -> Decision:
    match route:
        case ToList():
            return receive_post(kit, route, envelope, raw)
        case ToCommand(_, Command.BOUNCES):
            return receive_bounce(kit, route, raw)
        case ToCommand():
            return receive_command(kit, route, envelope, raw)
        case ToOperator():
            return receive_operator_mail(kit, route, raw)
        case Unknown():
            return Reject(Reason("unknown", "There is no such list here."))


def _keep_aside(kit: Kit, error: Exception, raw: bytes) -> str:
    try:
        kept = quarantine(kit, type(error).__name__, raw)
    except (Unavailable, MemoryError) as second:
        logs.problem("not_kept_yet", second)
        return replies.TRY_AGAIN
    except Exception as second:
        logs.problem("not_kept", second)
        return replies.BROKEN
    logs.problem("quarantined", error, id=kept)
    return replies.KEPT_ASIDE
