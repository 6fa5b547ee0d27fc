"""A small SMTP client: one message at a time, pipelined where that is offered.

MAIL, RCPT and DATA go out together (RFC 2920), so that a copy costs two round
trips instead of four; the standard library's client cannot do that.
"""

import base64
import ssl
from contextlib import suppress

from listserv.adapters.relay_url import RelayUrl, Tls
from listserv.adapters.smtp_wire import BrokenOff, Reply, Wire, dotted
from listserv.domain.delivery import Deferred, Failed, Outcome, Sent
from listserv.domain.ports import OutboundMessage
from listserv.mail.header_lines import wire_address

CONNECT_SECONDS = 10
REPLY_SECONDS = 60
# RFC 5321 §4.5.3.2.6: the relay may take its time after the final dot.
FINAL_SECONDS = 300
_ODD_IN_ADDRESS = frozenset("<> \x7f") | {chr(code) for code in range(32)}


class RelayTrouble(Exception):
    """The relay cannot be used now. Its text is ours, and safe to show."""


class SmtpClient:
    """An open connection, past EHLO, STARTTLS and AUTH. Raises RelayTrouble when there is none.

    untouched: no message was begun on it yet. broken: not to be used again.
    """

    def __init__(self, relay: RelayUrl, helo_name: str) -> None:
        self.untouched = True
        self.broken = False
        self._relay = relay
        self._helo_name = helo_name
        self._extensions: dict[str, str] = {}
        try:
            self._wire = Wire(relay.host, relay.port, CONNECT_SECONDS)
        except BrokenOff:
            raise RelayTrouble("The relay does not answer.") from None
        try:
            self._open()
        except BrokenOff:
            self._wire.close()
            raise RelayTrouble(
                "The relay broke off, or spoke nonsense, or its certificate is bad."
            ) from None
        except RelayTrouble:
            self._wire.close()
            raise

    def send(self, message: OutboundMessage) -> Outcome | None:
        """One copy; None when the connection broke before the relay saw any of its content.

        After None or RelayDown, and whenever `broken` is true, the connection is closed.
        """
        recipient = wire_address(message.recipient)
        refusal = self._unfit(recipient, message.content)
        if refusal:
            return refusal
        self.untouched = False
        try:
            refused = self._begin(message.return_path, recipient, message.content)
        except BrokenOff:
            self._break()
            return None
        if refused:
            return self._refusal(refused)
        try:
            self._wire.write(dotted(message.content), REPLY_SECONDS)
            return self._last_word(self._wire.reply(FINAL_SECONDS))
        except BrokenOff:
            # The relay may have the copy or not: tried again, but later and not for ever.
            self._break()
            return Deferred("")

    def alive(self) -> bool:
        """Whether the relay left the connection open, as far as one can see from here."""
        return not self.broken and self._wire.quiet()

    def quit(self) -> None:
        """Says goodbye without waiting for the answer."""
        if not self.broken:
            with suppress(BrokenOff):
                self._wire.write(b"QUIT\r\n", 1)
        self._break()

    def _open(self) -> None:
        if self._relay.tls is Tls.AT_ONCE:
            self._encrypt()
        if not self._wire.reply(REPLY_SECONDS).ok:
            raise RelayTrouble("The relay does not take connections now.")
        self._hello()
        if self._relay.tls is not Tls.AT_ONCE:
            self._start_tls()
        if self._relay.user:
            self._login()

    def _start_tls(self) -> None:
        if "STARTTLS" not in self._extensions:
            if self._relay.tls is Tls.REQUIRED:
                raise RelayTrouble("The relay offers no STARTTLS, which smtp+starttls:// asks for.")
            return
        if not self._command("STARTTLS").ok:
            raise RelayTrouble("The relay offers STARTTLS, but refuses it.")
        self._encrypt()
        self._hello()

    def _encrypt(self) -> None:
        context = ssl.create_default_context()
        if self._relay.tls is Tls.OFFERED:
            # RFC 7435: without a promise in the URL, encryption is better than none, and a
            # certificate that cannot be checked no worse than the clear text it replaces.
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        self._wire.encrypt(context, self._relay.host, REPLY_SECONDS)

    def _hello(self) -> None:
        reply = self._command(f"EHLO {self._helo_name}")
        if not reply.ok:
            reply = Reply(self._command(f"HELO {self._helo_name}").code)
            if not reply.ok:
                raise RelayTrouble("The relay refuses our greeting.")
        words = (line.partition(" ") for line in reply.lines[1:])
        self._extensions = {name.upper(): rest.upper() for name, _, rest in words}

    def _login(self) -> None:
        if self._relay.tls is Tls.OFFERED:
            raise RelayTrouble("A user and password take smtp+starttls:// or smtps://.")
        offered = self._extensions.get("AUTH", "").split()
        if "LOGIN" in offered and "PLAIN" not in offered:
            steps = ["AUTH LOGIN", _base64(self._relay.user), _base64(self._relay.password)]
        else:
            steps = ["AUTH PLAIN " + _base64(f"\0{self._relay.user}\0{self._relay.password}")]
        for step in steps:
            reply = self._command(step)
            if reply.refused:
                break
        if not reply.ok:
            raise RelayTrouble("The relay refuses the user or the password.")

    def _unfit(self, recipient: str, content: bytes) -> Failed | None:
        """What the relay would refuse by what it said after EHLO (RFC 1870 §6, RFC 6531 §3.5)."""
        limit = self._extensions.get("SIZE", "")
        if limit.isdecimal() and 0 < int(limit) < len(content):
            return Failed("552")
        if not recipient.isascii() and "SMTPUTF8" not in self._extensions:
            return Failed("553")
        return Failed("501") if _ODD_IN_ADDRESS & set(recipient) else None

    def _begin(self, return_path: str, recipient: str, content: bytes) -> Reply | None:
        """MAIL, RCPT and DATA; the reply that refused one of them, or None when all were taken."""
        commands = [
            self._mail(return_path, recipient, content),
            f"RCPT TO:<{recipient}>\r\n".encode(),
            b"DATA\r\n",
        ]
        if "PIPELINING" in self._extensions:
            self._wire.write(b"".join(commands), REPLY_SECONDS)
            return self._judge(len(commands))
        for command in commands:
            self._wire.write(command, REPLY_SECONDS)
            refused = self._judge(1, last=command is commands[-1])
            if refused:
                return refused
        return None

    def _judge(self, awaited: int, last: bool = True) -> Reply | None:
        """Reads that many replies; the first refusal counts, even if the rest is cut off."""
        refused = None
        reply = None
        try:
            for number in range(awaited):
                reply = self._wire.reply(REPLY_SECONDS)
                refused = refused or (reply if reply.refused else None)
                at_data = last and number == awaited - 1
                if not reply.refused and (reply.code == 354) is not at_data:
                    raise BrokenOff  # an answer out of turn: whatever follows is guesswork
            if refused:
                self._recover(opened=reply is not None and reply.code == 354)
        except BrokenOff:
            if refused is None:
                raise
            self._break()
        return refused

    def _recover(self, opened: bool) -> None:
        """Leaves the connection ready for the next copy after a refusal.

        opened: DATA was taken although nobody was there to get it; an empty mail
        ends it (RFC 2920 §3.1), and with no recipient nothing is delivered.
        """
        if opened:
            self._wire.write(b".\r\n", REPLY_SECONDS)
            self._wire.reply(FINAL_SECONDS)
        self._wire.write(b"RSET\r\n", REPLY_SECONDS)
        if not self._wire.reply(REPLY_SECONDS).ok:
            raise BrokenOff

    def _mail(self, return_path: str, recipient: str, content: bytes) -> bytes:
        line = f"MAIL FROM:<{return_path}>"
        if "SIZE" in self._extensions:
            line += f" SIZE={len(content)}"
        if "8BITMIME" in self._extensions and not content.isascii():
            line += " BODY=8BITMIME"
        if not recipient.isascii():
            line += " SMTPUTF8"
        return f"{line}\r\n".encode()

    def _refusal(self, reply: Reply) -> Outcome | None:
        if reply.code == 421:
            self._break()
            return None
        return Deferred(str(reply.code)) if reply.code < 500 else Failed(str(reply.code))

    def _last_word(self, reply: Reply) -> Outcome:
        if reply.ok:
            return Sent()
        if not reply.refused:
            raise BrokenOff
        return self._refusal(reply) or Deferred("421")

    def _command(self, line: str) -> Reply:
        self._wire.write(line.encode() + b"\r\n", REPLY_SECONDS)
        return self._wire.reply(REPLY_SECONDS)

    def _break(self) -> None:
        self.broken = True
        self._wire.close()


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")
