"""Which Authentication-Results prove that From is true."""

import pytest

from listserv.domain.proof import Proof
from listserv.mail.inbound import InboundMessage, parse
from listserv.mail.verdict import proof_of

MX = "mx.example.org"


def _proof(
    *above: str, below: str = "", sender: str = "ann@example.net", trusted: bool = True,
    authserv_id: str = MX,
) -> Proof:  # fmt: skip
    fields = [f"Authentication-Results: {value}" for value in above]
    fields.append("Received: from a by b; Mon, 2 Nov 2026 10:00:00 +0000")
    fields += [f"Authentication-Results: {below}"] if below else []
    head = "".join(f"{field}\r\n" for field in (*fields, f"From: {sender}"))
    message = parse(f"{head}\r\nHi".encode())
    assert isinstance(message, InboundMessage), message
    return proof_of(message, trusted, authserv_id)


@pytest.mark.parametrize(
    ("value", "proof"),
    [
        (f"{MX}; dmarc=pass (p=none) header.from=example.net", Proof.DMARC),
        (f"{MX}; dmarc=pass header.from=example.com", Proof.NONE),
        (f"{MX}; dmarc=fail header.from=example.net", Proof.NONE),
        (f"{MX}; dkim=pass header.d=example.net header.s=s1", Proof.DKIM),
        (f"{MX}; dkim=pass header.i=@example.net", Proof.DKIM),
        (f"{MX}; dkim=pass header.d=example.com", Proof.NONE),
        (f"{MX}; dkim=pass header.d=badexample.net", Proof.NONE),
        (f"{MX}; dkim=pass header.d=mail.example.net", Proof.NONE),
        (f"{MX}; dkim=pass header.d=net", Proof.NONE),
        (f"{MX}; spf=pass smtp.mailfrom=ann@example.net", Proof.SPF),
        (f"{MX}; spf=pass smtp.mailfrom=example.net", Proof.SPF),
        (f"{MX}; spf=pass smtp.helo=example.net", Proof.NONE),
        (f"{MX}; spf=softfail smtp.mailfrom=ann@example.net", Proof.NONE),
        (f"{MX}; none", Proof.NONE),
        ("other.example; dmarc=pass header.from=example.net", Proof.NONE),
        (f"{MX}.evil.example; dmarc=pass header.from=example.net", Proof.NONE),
        (f"{MX}; ;;;=(((", Proof.NONE),
        ("", Proof.NONE),
    ],
)
def test_only_what_is_aligned_and_ours_counts(value: str, proof: Proof) -> None:
    assert _proof(value) is proof


def test_the_strongest_counts() -> None:
    both = f"{MX}; spf=pass smtp.mailfrom=example.net; dkim=pass header.d=example.net"
    assert _proof(both) is Proof.DKIM


def test_a_parent_of_the_domain_may_sign() -> None:
    value = f"{MX}; dkim=pass header.d=example.net"
    assert _proof(value, sender="ann@mail.example.net") is Proof.DKIM


def test_the_id_is_compared_without_case() -> None:
    assert _proof("MX.Example.ORG; dmarc=pass header.from=Example.net") is Proof.DMARC


def test_international_domains_are_compared_in_one_form() -> None:
    value = f"{MX}; dkim=pass header.d=xn--bcher-kva.example"
    assert _proof(value, sender="ann@bücher.example") is Proof.DKIM


def test_what_stands_below_the_first_received_is_anybodys() -> None:
    assert _proof(below=f"{MX}; dmarc=pass header.from=example.net") is Proof.NONE


def test_untrusted_connections_prove_nothing() -> None:
    value = f"{MX}; dmarc=pass header.from=example.net"
    assert _proof(value, trusted=False) is Proof.NONE


def test_without_a_trusted_server_nothing_is_proven() -> None:
    assert _proof("; dmarc=pass header.from=example.net", authserv_id="") is Proof.NONE
