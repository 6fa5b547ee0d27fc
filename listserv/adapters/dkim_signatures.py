"""Looks at a mail's own signatures (RFC 6376), where no server in front of us has.

dkimpy reads and verifies; what it is given is bounded first, since keys come
from whoever wrote the mail, and some of its patterns take long on spaces.
"""

import logging
from collections.abc import Callable
from time import monotonic

import dkim
import dns.exception

from listserv.adapters.resolver import resolver
from listserv.domain.proof import Proof
from listserv.mail.verdict import ascii_domain, covers

MOST_BYTES = 10_000_000
MOST_SIGNATURES = 8
MOST_TRIED = 3
LONGEST_GAP = 100
LONGEST_KEY = 1500  # letters of the TXT record; RSA with 4096 bits has 750
SECONDS = 3.0
_GAP = b" " * LONGEST_GAP
_TABS = bytes.maketrans(b"\t", b" ")
_silent = logging.getLogger("quietlist.dkim")
_silent.addHandler(logging.NullHandler())
_silent.propagate = False
_silent.setLevel(logging.CRITICAL + 1)


class DkimSignatures:
    """Implements `listserv.domain.ports.Signatures`."""

    def __init__(self, nameserver: str = "") -> None:
        """nameserver: host:port of the resolver to ask; "" for the system's."""
        self._nameserver = nameserver

    def proof(self, raw: bytes, domain: str) -> Proof:
        """DKIM where a signature of that domain, or of one above it, covers the whole mail."""
        if b"dkim-signature" not in raw.lower() or _too_much(raw):
            return Proof.NONE
        try:
            return self._proof(raw, ascii_domain(domain))
        except Exception:  # dkimpy raises a dozen kinds of its own and others' on broken fields
            return Proof.NONE

    def _proof(self, raw: bytes, domain: str) -> Proof:
        whole = dkim.DKIM(raw, logger=_silent)
        fields = [value for name, value in whole.headers if name.lower() == b"dkim-signature"]
        ends, tried = monotonic() + SECONDS, 0
        for number, value in enumerate(fields[:MOST_SIGNATURES]):
            if not _counts(value, domain):
                continue
            tried += 1
            if tried > MOST_TRIED:
                break
            if _holds(raw, number, lambda name, **_: self._key(name, ends)):
                return Proof.DKIM
        return Proof.NONE

    def _key(self, name: bytes, ends: float) -> bytes | None:
        """The TXT record of a key; None when there is none, or no time is left to ask."""
        left = ends - monotonic()
        if left <= 0:
            return None
        try:
            answer = resolver(self._nameserver).resolve(name.decode("ascii"), "TXT", lifetime=left)
        except (dns.exception.DNSException, UnicodeDecodeError, OSError):
            return None
        texts = [b"".join(record.strings) for record in answer]
        return texts[0] if len(texts) == 1 and len(texts[0]) <= LONGEST_KEY else None


def _too_much(raw: bytes) -> bool:
    return len(raw) > MOST_BYTES or _GAP in raw.translate(_TABS)


def _counts(value: bytes, domain: str) -> bool:
    """Signed by the domain of From, with a good hash, over From and all of the body."""
    tags = dkim.util.parse_tag_value(value)
    signer = ascii_domain(tags.get(b"d", b"").decode("ascii"))
    signed = {name.strip().lower() for name in tags.get(b"h", b"").split(b":")}
    strong = tags.get(b"a") in (b"rsa-sha256", b"ed25519-sha256")
    return covers(signer, domain) and strong and b"from" in signed and b"l" not in tags


def _holds(raw: bytes, number: int, find: Callable[..., bytes | None]) -> bool:
    try:
        return bool(dkim.DKIM(raw, logger=_silent).verify(number, dnsfunc=find))
    except Exception:  # as above; the next signature may be well
        return False
