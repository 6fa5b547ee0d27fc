"""Signatures that prove who wrote a mail, and those that do not; keys from a local DNS server."""

import base64
from collections.abc import Iterator

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from listserv.adapters.dkim_signatures import DkimSignatures
from listserv.domain.proof import Proof
from tests.integration.proof.local_dns import LocalDns, local_dns

MAIL = (
    b"From: Ann Marten <ann@mail.example.net>\r\nTo: group@example.org\r\nSubject: Hello\r\n"
    b"Message-ID: <1@example.net>\r\n\r\nGood morning everyone.\r\n"
)
HEADERS = [b"from", b"to", b"subject", b"message-id"]


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture
def server(key: rsa.RSAPrivateKey) -> Iterator[LocalDns]:
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    record = f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"
    names = [
        f"s1._domainkey.{domain}"
        for domain in ("example.net", "mail.example.net", "evil.example.com")
    ]
    with local_dns(
        {**dict.fromkeys(names, record), "long._domainkey.example.net": "p=" + "A" * 4000}
    ) as found:
        yield found


def signed(
    key: rsa.RSAPrivateKey,
    domain: str = "example.net",
    raw: bytes = MAIL,
    selector: str = "s1",
    length: bool = False,
) -> bytes:
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    field: bytes = dkim.sign(
        raw, selector.encode(), domain.encode(), pem, include_headers=HEADERS, length=length
    )
    return field + raw


def proof(server: LocalDns, raw: bytes) -> Proof:
    return DkimSignatures(server.address).proof(raw, "mail.example.net")


@pytest.mark.parametrize("domain", ["mail.example.net", "example.net"])
def test_a_signature_of_the_domain_or_one_above_it_is_proof(
    server: LocalDns, key: rsa.RSAPrivateKey, domain: str
) -> None:
    assert proof(server, signed(key, domain)) is Proof.DKIM


def test_somebody_elses_signature_is_none_and_asks_nobody(
    server: LocalDns, key: rsa.RSAPrivateKey
) -> None:
    assert proof(server, signed(key, "evil.example.com")) is Proof.NONE
    assert server.asked == []


def test_a_mail_without_signature_asks_nobody(server: LocalDns) -> None:
    assert proof(server, MAIL) is Proof.NONE
    assert server.asked == []


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"Good morning", b"Bad morning"), (b"<ann@mail", b"<eve@mail"), (b"Hello", b"Help")],
)
def test_a_changed_mail_is_not_proven(
    server: LocalDns, key: rsa.RSAPrivateKey, old: bytes, new: bytes
) -> None:
    assert proof(server, signed(key).replace(old, new)) is Proof.NONE


def test_a_signature_over_a_part_of_the_body_is_none(
    server: LocalDns, key: rsa.RSAPrivateKey
) -> None:
    whole = signed(key, length=True)
    assert b"l=" in whole
    assert proof(server, whole) is Proof.NONE


def test_a_second_good_signature_counts(server: LocalDns, key: rsa.RSAPrivateKey) -> None:
    other = signed(key, "evil.example.com").removesuffix(MAIL)
    assert proof(server, other + signed(key)) is Proof.DKIM


def test_a_key_that_is_not_there_or_endless_proves_nothing(
    server: LocalDns, key: rsa.RSAPrivateKey
) -> None:
    for selector in ("gone", "long"):
        assert proof(server, signed(key, selector=selector)) is Proof.NONE
    assert len(server.asked) == 2


def test_only_a_few_signatures_are_tried(server: LocalDns, key: rsa.RSAPrivateKey) -> None:
    bad = signed(key, raw=MAIL.replace(b"Good", b"Bad"), selector="gone").partition(b"From:")[0]
    assert proof(server, bad * 7 + signed(key)) is Proof.NONE
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    "field",
    [b"", b"v=1", b"v=1; d=", b"\xff\xfe", b"v=1; a=rsa-sha256; d=example.net; h=from; b=!"],
)
def test_broken_signatures_prove_nothing(server: LocalDns, field: bytes) -> None:
    assert proof(server, b"DKIM-Signature: " + field + b"\r\n" + MAIL) is Proof.NONE


def test_a_resolver_that_is_silent_does_not_keep_us_waiting(key: rsa.RSAPrivateKey) -> None:
    silent = DkimSignatures("127.0.0.1:9")
    assert silent.proof(signed(key), "mail.example.net") is Proof.NONE


def test_gaps_that_take_long_to_read_are_not_read(server: LocalDns, key: rsa.RSAPrivateKey) -> None:
    wide = MAIL + b" " * 200 + b"x\r\n"
    assert proof(server, signed(key, raw=wide)) is Proof.NONE
