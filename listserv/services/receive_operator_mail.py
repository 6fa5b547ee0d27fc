"""Mail to postmaster@ and abuse@ of a list's domain reaches the operator (RFC 5321 §4.5.1)."""

from listserv.domain.decision import Accept, Decision
from listserv.domain.routing import ToOperator
from listserv.mail.compose import compose_forward
from listserv.services.find_route import find_route
from listserv.services.kit import Kit
from listserv.services.quarantine import quarantine
from listserv.services.send_notice import send_notice


def receive_operator_mail(kit: Kit, route: ToOperator, raw: bytes) -> Decision:
    """Forwards the mail whole, since it is meant for the operator; kept sealed when there is none.

    An operator's address that leads back to here would go round for ever, and
    counts as none.
    """
    if not kit.operator or isinstance(find_route(kit, kit.operator), ToOperator):
        quarantine(kit, f"{route.name} mail", raw)
        return Accept()
    domain = route.domain or kit.operator.rpartition("@")[2]
    content = compose_forward(
        from_address=f"{route.name}@{domain}",
        recipient=kit.operator,
        subject=f"Mail to {route.name}",
        text=f"Someone wrote to {route.name}. Their mail is attached as it came.",
        original=raw,
        date=kit.clock.now(),
        message_id=f"<{kit.randomness.token()}@{domain}>",
    )
    with kit.database.transaction() as tx:
        send_notice(kit, tx, "operator", kit.operator, content)
    return Accept()
