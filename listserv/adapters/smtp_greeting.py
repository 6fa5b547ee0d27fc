"""How a connection to the relay begins: EHLO, STARTTLS and AUTH, until it takes mail."""

import base64
import ssl
from collections.abc import Mapping

from listserv.adapters.relay_url import RelayUrl, Tls
from listserv.adapters.smtp_wire import BrokenOff, Reply, Wire

CONNECT_SECONDS = 10
REPLY_SECONDS = 60

Extensions = Mapping[str, str]


class RelayTrouble(Exception):
    """The relay cannot be used now. Its text is ours, and safe to show."""


def connect(relay: RelayUrl, helo_name: str) -> tuple[Wire, Extensions]:
    """An open connection, and what the relay offers on it. Raises RelayTrouble."""
    try:
        wire = Wire(relay.host, relay.port, CONNECT_SECONDS)
    except BrokenOff:
        raise RelayTrouble("The relay does not answer.") from None
    try:
        return wire, _Greeting(wire, relay, helo_name).extensions()
    except BrokenOff:
        wire.close()
        raise RelayTrouble(
            "The relay broke off, or spoke nonsense, or its certificate is bad."
        ) from None
    except RelayTrouble:
        wire.close()
        raise


class _Greeting:
    def __init__(self, wire: Wire, relay: RelayUrl, helo_name: str) -> None:
        self._wire = wire
        self._relay = relay
        self._helo_name = helo_name

    def extensions(self) -> Extensions:
        if self._relay.tls is Tls.AT_ONCE:
            self._encrypt()
        if not self._wire.reply(REPLY_SECONDS).ok:
            raise RelayTrouble("The relay does not take connections now.")
        offered = self._hello()
        if self._relay.tls is not Tls.AT_ONCE:
            offered = self._start_tls(offered)
        if self._relay.user:
            self._login(offered)
        return offered

    def _start_tls(self, offered: Extensions) -> Extensions:
        """What is offered once the connection is encrypted; what came before does not count."""
        if "STARTTLS" not in offered:
            if self._relay.tls is Tls.REQUIRED:
                raise RelayTrouble("The relay offers no STARTTLS, which smtp+starttls:// asks for.")
            return offered
        if not self._command("STARTTLS").ok:
            raise RelayTrouble("The relay offers STARTTLS, but refuses it.")
        self._encrypt()
        return self._hello()

    def _encrypt(self) -> None:
        context = ssl.create_default_context()
        if self._relay.tls is Tls.OFFERED:
            # RFC 7435: without a promise in the URL, encryption is better than none, and a
            # certificate that cannot be checked no worse than the clear text it replaces.
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        self._wire.encrypt(context, self._relay.host, REPLY_SECONDS)

    def _hello(self) -> Extensions:
        reply = self._command(f"EHLO {self._helo_name}")
        if not reply.ok:
            reply = Reply(self._command(f"HELO {self._helo_name}").code)
            if not reply.ok:
                raise RelayTrouble("The relay refuses our greeting.")
        words = (line.decode("ascii", "replace").partition(" ") for line in reply.lines[1:])
        return {name.upper(): rest.upper() for name, _, rest in words}

    def _login(self, offered: Extensions) -> None:
        if self._relay.tls is Tls.OFFERED:
            raise RelayTrouble("A user and password take smtp+starttls:// or smtps://.")
        methods = offered.get("AUTH", "").split()
        if "LOGIN" in methods and "PLAIN" not in methods:
            steps = ["AUTH LOGIN", _base64(self._relay.user), _base64(self._relay.password)]
        else:
            steps = ["AUTH PLAIN " + _base64(f"\0{self._relay.user}\0{self._relay.password}")]
        for step in steps:
            reply = self._command(step)
            if reply.refused:
                break
        if not reply.ok:
            raise RelayTrouble("The relay refuses the user or the password.")

    def _command(self, line: str) -> Reply:
        self._wire.write(line.encode() + b"\r\n", REPLY_SECONDS)
        return self._wire.reply(REPLY_SECONDS)


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode("ascii")
