"""What is said for one message: MAIL, RCPT and DATA, and when it need not be said at all."""

from listserv.adapters.smtp_greeting import Extensions
from listserv.adapters.smtp_wire import prepared
from listserv.domain.delivery import Failed
from listserv.domain.ports import OutboundMessage
from listserv.mail.header_lines import wire_address

_ODD_IN_ADDRESS = frozenset("<> \x7f") | {chr(code) for code in range(32)}


def unfit(message: OutboundMessage, offered: Extensions) -> Failed | None:
    """What the relay would refuse by what it said after EHLO (RFC 1870 §6, RFC 6531 §3.5)."""
    limit = offered.get("SIZE", "")
    if limit.isdecimal() and 0 < int(limit) < _size(message):
        return Failed("552")
    if not _ODD_IN_ADDRESS.isdisjoint(message.recipient):
        return Failed("501")
    if not message.recipient.isascii() and "SMTPUTF8" not in offered:
        return None if wire_address(message.recipient).isascii() else Failed("553")
    return None


def commands(message: OutboundMessage, offered: Extensions) -> tuple[bytes, bytes, bytes]:
    recipient = wire_address(message.recipient)
    line = f"MAIL FROM:<{message.return_path}>"
    if "SIZE" in offered:
        line += f" SIZE={_size(message)}"
    if "8BITMIME" in offered and not prepared(message.content).ascii:
        line += " BODY=8BITMIME"
    if not recipient.isascii():
        line += " SMTPUTF8"
    return f"{line}\r\n".encode(), f"RCPT TO:<{recipient}>\r\n".encode(), b"DATA\r\n"


def _size(message: OutboundMessage) -> int:
    return len(message.own_fields) + len(message.content)
