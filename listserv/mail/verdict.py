"""What a trusted mail server in front of us found out about the sender (RFC 8601)."""

from collections.abc import Iterator

import authres

from listserv.domain.proof import Proof
from listserv.mail.inbound import InboundMessage

_STRENGTH = (Proof.DMARC, Proof.DKIM, Proof.SPF)


def proof_of(message: InboundMessage, raw_trusted: bool, authserv_id: str) -> Proof:
    """The strongest proof that the address in From is the sender's own; never raises.

    Believes only Authentication-Results fields with exactly that authserv_id
    which stand above the first Received field: whatever is below was there
    before the trusted server got the mail, so anybody may have written it
    (RFC 8601 §5). raw_trusted: whether the connection may bring such fields.
    """
    if not raw_trusted or not authserv_id:
        return Proof.NONE
    domain = ascii_domain(message.from_address.rpartition("@")[2])
    found = {
        proof
        for value in _believed(message, authserv_id.lower())
        for proof in _proofs(value, authserv_id.lower(), domain)
    }
    return next((proof for proof in _STRENGTH if proof in found), Proof.NONE)


def _believed(message: InboundMessage, authserv_id: str) -> Iterator[str]:
    for name, value in message.headers:
        if name == "received":
            return
        if name == "authentication-results" and value.lower().startswith(authserv_id):
            yield value


def _proofs(value: str, authserv_id: str, domain: str) -> Iterator[Proof]:
    try:
        header = authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {value}")
        if header.authserv_id != authserv_id:
            return
        for result in header.results:
            if result.result == "pass":
                yield from _aligned(result, domain)
    except Exception:  # authres has no common base for what it raises on malformed fields
        return


def _aligned(result: authres.core.AuthenticationResult, domain: str) -> Iterator[Proof]:
    values = {f"{p.type}.{p.name}".lower(): ascii_domain(p.value) for p in result.properties}
    match result.method.lower():
        case "dmarc" if values.get("header.from") == domain:
            yield Proof.DMARC
        case "dkim":
            signer = values.get("header.d") or values.get("header.i", "").rpartition("@")[2]
            if covers(signer, domain):
                yield Proof.DKIM
        case "spf":
            if covers(values.get("smtp.mailfrom", "").rpartition("@")[2], domain):
                yield Proof.SPF


def covers(signer: str, domain: str) -> bool:
    """The same domain or a parent of it; a child may belong to somebody else."""
    return domain == signer or ("." in signer and domain.endswith(f".{signer}"))


def ascii_domain(name: str) -> str:
    """Domains as they are compared: lower case, A-labels (RFC 5890)."""
    local, at, domain = name.strip().rstrip(".").lower().rpartition("@")
    try:
        return f"{local}{at}{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return f"{local}{at}{domain}"
