"""STARTTLS and TLS from the start, with a certificate made here."""

import base64
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from listserv.adapters.smtp_relay import SmtpRelay
from listserv.domain.delivery import NotTried, Outcome, RelayDown, Sent
from listserv.domain.ports import OutboundMessage
from tests.integration.relay.scripted_relay import ScriptedRelay, running

MAIL = OutboundMessage("", "ann@example.org", b"Subject: x\r\n\r\nx\r\n")
WITH_TLS = ("PIPELINING", "STARTTLS", "AUTH PLAIN LOGIN")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of its own authority for 127.0.0.1, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "relay.example.net")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "relay.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@pytest.fixture
def context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


@pytest.fixture
def trusted(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


def send(url: str, *mails: OutboundMessage) -> list[Outcome | NotTried]:
    with SmtpRelay(url, "lists.example.org").session() as session:
        return [outcome for _, outcome in session.send([(mail, mail) for mail in mails])]


def sent_secret(relay: ScriptedRelay) -> list[str]:
    return [line for line in relay.seen if line.startswith("AUTH")]


def test_starttls_is_used_when_offered_whoever_made_the_certificate(
    context: ssl.SSLContext,
) -> None:
    with running(ScriptedRelay(extensions=WITH_TLS, context=context)) as relay:
        assert send(f"smtp://127.0.0.1:{relay.port}", MAIL, MAIL) == [Sent(), Sent()]
    assert relay.seen[:3] == ["EHLO lists.example.org", "STARTTLS", "EHLO lists.example.org"]


@pytest.mark.usefixtures("trusted")
@pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps"])
def test_a_good_certificate_gets_the_password(scheme: str, context: ssl.SSLContext) -> None:
    relay = ScriptedRelay(
        lambda line: "235 ok" if line.startswith("AUTH") else None,
        WITH_TLS if scheme == "smtp+starttls" else ("AUTH PLAIN",),
        context,
        tls_at_once=scheme == "smtps",
    )
    with running(relay):
        url = f"{scheme}://ann:pass%40word@127.0.0.1:{relay.port}"
        assert send(url, MAIL) == [Sent()]
    secret = base64.b64encode(b"\0ann\0pass@word").decode()
    assert sent_secret(relay) == [f"AUTH PLAIN {secret}"]


@pytest.mark.usefixtures("trusted")
def test_login_where_nothing_else_is_offered(context: ssl.SSLContext) -> None:
    steps = {"AUTH LOGIN": "334 name", "YW5u": "334 word", "c2VjcmV0": "235 ok"}
    relay = ScriptedRelay(steps.get, ("AUTH LOGIN",), context, tls_at_once=True)
    with running(relay):
        assert send(f"smtps://ann:secret@127.0.0.1:{relay.port}", MAIL) == [Sent()]


@pytest.mark.usefixtures("trusted")
def test_a_refused_password_is_told_apart(context: ssl.SSLContext) -> None:
    relay = ScriptedRelay(
        lambda line: "535 no" if line.startswith("AUTH") else None, WITH_TLS, context
    )
    with running(relay):
        client = SmtpRelay(f"smtp+starttls://ann:x@127.0.0.1:{relay.port}", "lists.example.org")
        assert client.check() == "The relay refuses the user or the password."


@pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps"])
def test_an_unknown_certificate_gets_nothing(scheme: str, context: ssl.SSLContext) -> None:
    with running(
        ScriptedRelay(extensions=WITH_TLS, context=context, tls_at_once=scheme == "smtps")
    ) as relay:
        url = f"{scheme}://ann:secret@127.0.0.1:{relay.port}"
        assert send(url, MAIL) == [RelayDown()]
    assert sent_secret(relay) == []
    assert relay.mails == []


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name_gets_nothing(context: ssl.SSLContext) -> None:
    with running(ScriptedRelay(extensions=WITH_TLS, context=context)) as relay:
        assert send(f"smtp+starttls://ann:secret@localhost:{relay.port}", MAIL) == [RelayDown()]
    assert sent_secret(relay) == []


def test_required_starttls_that_is_not_offered_ends_it() -> None:
    with running(ScriptedRelay(extensions=("AUTH PLAIN",))) as relay:
        url = f"smtp+starttls://ann:secret@127.0.0.1:{relay.port}"
        assert send(url, MAIL) == [RelayDown()]
    assert sent_secret(relay) == []


@pytest.mark.usefixtures("trusted")
def test_what_came_before_the_handshake_is_not_believed(context: ssl.SSLContext) -> None:
    injected = "220 go\r\n250-relay.example.net\r\n250 AUTH PLAIN"
    relay = ScriptedRelay(lambda line: injected if line == "STARTTLS" else None, WITH_TLS, context)
    with running(relay):
        url = f"smtp+starttls://ann:secret@127.0.0.1:{relay.port}"
        assert send(url, MAIL) == [RelayDown()]
    assert sent_secret(relay) == []
