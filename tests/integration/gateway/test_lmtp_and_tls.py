"""LMTP's own ways, and encryption."""

import ssl
from pathlib import Path

import pytest

from listserv.domain.errors import Refused
from listserv.domain.mailing_list import MailingList
from listserv.services.change_list import change_list
from listserv.settings import Settings
from smtp_gateway import replies
from smtp_gateway.limits import Limits
from smtp_gateway.listening import read_certificate
from tests.certificates import make_certificate
from tests.fakes import World
from tests.integration.gateway.running import Client, eventually, running
from tests.unit.services.mail_samples import plain


def test_lmtp_answers_for_each_recipient(world: World, group: MailingList) -> None:
    with (
        running(world.kit, smtp_listen="", lmtp_listen="127.0.0.1:0") as gateway,
        Client(gateway.port) as client,
    ):
        assert "PIPELINING" in client.hello("LHLO")
        client.say("MAIL FROM:<ann@example.net>")
        assert client.say("RCPT TO:<group@example.org>") == replies.OK
        assert client.say("RCPT TO:<other@example.org>") == replies.OK
        assert client.say("RCPT TO:<nobody@example.org>") == replies.UNKNOWN
        first = client.data(plain())
        second = client.reply()
        assert first == "250 2.0.0 Taken"  # a member of this one
        assert second == "250 2.0.0 Taken"  # unproven there, so nothing is told
        assert client.say("NOOP").startswith("250")


def test_lmtp_counts_a_repeated_recipient_in_its_answers(world: World, group: MailingList) -> None:
    with (
        running(world.kit, smtp_listen="", lmtp_listen="127.0.0.1:0") as gateway,
        Client(gateway.port) as client,
    ):
        client.hello("LHLO")
        client.say("MAIL FROM:<ann@example.net>")
        for _ in range(2):
            assert client.say("RCPT TO:<group@example.org>") == replies.OK
        assert client.data(plain()).startswith("250")
        assert client.reply().startswith("250")
    assert [job.function for job in world.queue.rung] == ["workers.jobs.fan_out"]


def test_lmtp_on_a_unix_socket_is_trusted(world: World, group: MailingList, tmp_path: Path) -> None:
    change_list(world.kit, group.address, {"sender_proof": "ask"})
    path = str(tmp_path / "lmtp")
    proven = b"Authentication-Results: mx.example.org; dmarc=pass header.from=example.net\r\n"
    with running(world.kit, smtp_listen="", lmtp_listen=path, trusted_clients=""):
        assert Path(path).stat().st_mode & 0o777 == 0o660
        with Client(path=path) as client:
            client.hello("LHLO")
            client.say("MAIL FROM:<ann@example.net>")
            client.say("RCPT TO:<group@example.org>")
            assert client.data(proven + plain()).startswith("250")
    assert [job.function for job in world.queue.rung] == ["workers.jobs.fan_out"]


def test_a_stale_socket_is_no_hindrance(world: World, group: MailingList, tmp_path: Path) -> None:
    path = str(tmp_path / "lmtp")
    for _ in range(2):
        with running(world.kit, smtp_listen="", lmtp_listen=path), Client(path=path) as client:
            assert client.greeting.startswith("220")


def test_starttls_protects_what_follows(world: World, group: MailingList, tmp_path: Path) -> None:
    certificate = str(make_certificate(tmp_path))
    with running(world.kit, tls_certificate=certificate) as gateway, Client(gateway.port) as client:
        assert "STARTTLS" in client.hello()
        assert client.say("STARTTLS").startswith("220")
        client.encrypt()
        assert "STARTTLS" not in client.hello()
        assert client.start("group@example.org") == replies.OK
        assert client.data(plain()).startswith("250")


def test_what_was_said_before_encryption_is_forgotten(
    world: World, group: MailingList, tmp_path: Path
) -> None:
    certificate = str(make_certificate(tmp_path))
    with running(world.kit, tls_certificate=certificate) as gateway, Client(gateway.port) as client:
        client.hello()
        client.say("MAIL FROM:<eve@example.com>")
        client.send(b"STARTTLS\r\nRCPT TO:<group@example.org>\r\nNOOP\r\n")
        assert client.reply().startswith("220")
        client.encrypt()
        client.hello()
        assert client.say("RCPT TO:<group@example.org>").startswith("503")


def test_a_bad_certificate_is_told_of(world: World, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pem"
    bad.write_text("nonsense")
    with (
        pytest.raises(Refused, match="QUIETLIST_TLS_CERTIFICATE"),
        running(world.kit, tls_certificate=str(bad)),
    ):
        pass


def test_lmtp_refuses_for_each_recipient_too(world: World, group: MailingList) -> None:
    with (
        running(
            world.kit, smtp_listen="", lmtp_listen="127.0.0.1:0", max_message_size="20000"
        ) as gateway,
        Client(gateway.port) as client,
    ):
        client.hello("LHLO")
        client.say("MAIL FROM:<ann@example.net>")
        client.say("RCPT TO:<group@example.org>")
        client.say("RCPT TO:<other@example.org>")
        assert client.data(b"x" * 30_000) == replies.TOO_LARGE
        assert client.reply() == replies.TOO_LARGE
        assert client.say("NOOP").startswith("250")


def test_lmtp_has_a_greeting_of_its_own(world: World, group: MailingList) -> None:
    with (
        running(world.kit, smtp_listen="", lmtp_listen="127.0.0.1:0") as gateway,
        Client(gateway.port) as client,
    ):
        assert client.hello("EHLO").startswith("500")
        assert client.hello("HELO").startswith("500")


def test_a_file_that_is_no_socket_is_never_removed(world: World, tmp_path: Path) -> None:
    path = tmp_path / "letter"
    path.write_text("dear")
    with pytest.raises(Refused, match="in the way"), running(world.kit, lmtp_listen=str(path)):
        pass
    assert path.read_text() == "dear"


def test_the_socket_of_a_living_gateway_is_not_taken(
    world: World, group: MailingList, tmp_path: Path
) -> None:
    path = str(tmp_path / "lmtp")
    with running(world.kit, smtp_listen="", lmtp_listen=path):
        with pytest.raises(Refused, match="listens there"), running(world.kit, lmtp_listen=path):
            pass
        with Client(path=path) as client:
            assert client.greeting.startswith("220")


def test_a_port_that_is_taken_is_told_of(world: World, group: MailingList) -> None:
    with (
        running(world.kit) as gateway,
        pytest.raises(Refused, match="cannot listen"),
        running(world.kit, smtp_listen=f"127.0.0.1:{gateway.port}"),
    ):
        pass


def test_encryption_begins_once_and_brings_no_sign_in(
    world: World, group: MailingList, tmp_path: Path
) -> None:
    certificate = str(make_certificate(tmp_path))
    with running(world.kit, tls_certificate=certificate) as gateway, Client(gateway.port) as client:
        client.hello()
        client.say("STARTTLS")
        client.encrypt()
        assert client.say("MAIL FROM:<ann@example.net>") == replies.HELLO_FIRST
        assert "AUTH" not in client.hello()
        assert client.say("AUTH PLAIN AGFubgBhbm4=") == replies.NOT_OFFERED
        assert client.say("STARTTLS") == replies.NO_TLS


def test_encryption_that_fails_ends_only_its_own_session(
    world: World, group: MailingList, tmp_path: Path
) -> None:
    certificate = str(make_certificate(tmp_path))
    limits = Limits(per_trusted=1)
    with running(world.kit, limits, tls_certificate=certificate) as gateway:
        with Client(gateway.port) as client:
            client.say("STARTTLS")
            client.send(b"this is no handshake\r\n" * 10)
            client.reply()
            assert client.reply() == ""
        # The one connection that is allowed is free again.
        assert eventually(lambda: Client(gateway.port).greeting.startswith("220"))


def test_old_versions_of_tls_are_refused(tmp_path: Path) -> None:
    context = read_certificate(Settings(tls_certificate=str(make_certificate(tmp_path))))
    assert context is not None and context.minimum_version is ssl.TLSVersion.TLSv1_2
