"""Looks whether a client may send for a domain (SPF, RFC 7208), where we are the MX ourselves.

pyspf reads the policy; its questions go through our resolver, all of them
together in a few seconds.
"""

from time import monotonic
from typing import Any

import dns.exception
import dns.resolver
import spf

from listserv.adapters.resolver import resolver
from listserv.domain.envelope import Envelope
from listserv.domain.proof import Proof
from listserv.mail.verdict import ascii_domain, covers

SECONDS = 3.0
# We keep no name that a client gives itself (HELO): a policy that asks for it does not fit.
_NO_NAME = "unknown"


class SenderPolicy:
    """Implements `listserv.domain.ports.Spf`."""

    def __init__(self, nameserver: str = "") -> None:
        """nameserver: host:port of the resolver to ask; "" for the system's."""
        self._nameserver = nameserver

    def proof(self, envelope: Envelope, domain: str) -> Proof:
        """SPF where the policy of the envelope sender's domain names the client, and that domain
        is the one of From, or above it."""
        sender = ascii_domain(envelope.mail_from.rpartition("@")[2])
        if not envelope.client or not covers(sender, ascii_domain(domain)):
            return Proof.NONE
        try:
            query = _Query(envelope.client, f"postmaster@{sender}", resolver(self._nameserver))
            return Proof.SPF if query.check()[0] == "pass" else Proof.NONE
        except Exception:  # of pyspf's own kinds and others', on policies that anybody may write
            return Proof.NONE


class _Query(spf.query):  # type: ignore[misc]  # pyspf ships no types
    """pyspf's own way to ask knows neither our resolver nor a time for all questions together."""

    def __init__(self, client: str, sender: str, asked: dns.resolver.Resolver) -> None:
        super().__init__(i=client, s=sender, h=_NO_NAME)
        self._asked, self._ends = asked, monotonic() + SECONDS

    def dns(
        self, name: object, qtype: str, cnames: object = None, ignore_void: bool = False
    ) -> list[Any]:
        """Follows CNAMEs by itself. Raises spf.TempError and spf.PermError."""
        found = self._records(str(name).rstrip(".").lower(), qtype)
        if not found and not ignore_void:
            self.void_lookups += 1
            if self.void_lookups > spf.MAX_VOID_LOOKUPS:  # RFC 7208 §4.6.4
                raise spf.PermError("too many questions without an answer")
        return found

    def _records(self, name: str, qtype: str) -> list[Any]:
        left = self._ends - monotonic()
        if left <= 0:
            raise spf.TempError("no time is left")
        try:
            answer = self._asked.resolve(name, qtype, lifetime=left)
        except (dns.resolver.NoAnswer, dns.resolver.NXDOMAIN):
            return []
        except (dns.exception.DNSException, UnicodeError, OSError):
            raise spf.TempError("no answer") from None
        return [_READ[qtype](record) for record in answer]


_READ: dict[str, Any] = {
    "A": lambda record: record.address,
    "AAAA": lambda record: record.address,
    "MX": lambda record: (record.preference, record.exchange.to_text(True)),
    "PTR": lambda record: record.target.to_text(True),
    "TXT": lambda record: record.strings,
}
