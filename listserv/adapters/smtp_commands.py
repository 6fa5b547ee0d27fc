"""What is said for one message: MAIL, RCPT and DATA, and when it need not be said at all."""

import re

from listserv.adapters.smtp_greeting import Extensions
from listserv.adapters.smtp_wire import prepared
from listserv.domain.delivery import Failed
from listserv.domain.ports import OutboundMessage
from listserv.mail.header_lines import wire_address

Commands = tuple[bytes, bytes, bytes]

_ODD_IN_ADDRESS = re.compile(r"[<>\x00-\x20\x7f]")


class Speaker:
    """Finds the words for a relay that offers this after EHLO."""

    def __init__(self, offered: Extensions) -> None:
        limit = offered.get("SIZE", "")
        self._limit = int(limit) if limit.isdecimal() else 0  # RFC 1870 §4: 0 is no limit
        self._says_size = "SIZE" in offered
        self._eight_bits = "8BITMIME" in offered
        self._utf8 = "SMTPUTF8" in offered

    def commands(self, message: OutboundMessage) -> Commands | Failed:
        """Failed: the relay would refuse it by what it offers (RFC 1870 §6, RFC 6531 §3.5)."""
        recipient, content = message.recipient, prepared(message.content)
        size = len(message.own_fields) + content.size
        if 0 < self._limit < size:
            return Failed("552")
        if _ODD_IN_ADDRESS.search(recipient):
            return Failed("501")
        line = f"MAIL FROM:<{message.return_path}>"
        if self._says_size:
            line += f" SIZE={size}"
        if self._eight_bits and not content.ascii:
            line += " BODY=8BITMIME"
        if not recipient.isascii():
            recipient = wire_address(recipient)
            if not recipient.isascii():
                if not self._utf8:
                    return Failed("553")
                line += " SMTPUTF8"
        return f"{line}\r\n".encode(), f"RCPT TO:<{recipient}>\r\n".encode(), b"DATA\r\n"
