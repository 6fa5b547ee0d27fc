"""What the gateway says and does over SMTP."""

import re
import socket
import threading
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, text

from listserv.domain.mailing_list import MailingList
from listserv.services.status import status
from smtp_gateway import replies
from tests.fakes import World
from tests.integration.gateway.running import Client, Running, running
from tests.unit.services.mail_samples import plain

GROUP = "group@example.org"


def posts(world: World) -> list[str]:
    with world.kit.database.reading() as tx:
        return list(tx.session.execute(text("SELECT text FROM posts ORDER BY id")).scalars())


def test_the_greeting_offers_what_we_can_do(client: Client) -> None:
    words = client.hello()
    for word in ("SIZE 26214400", "8BITMIME", "SMTPUTF8", "PIPELINING", "ENHANCEDSTATUSCODES"):
        assert word in words
    assert "AUTH" not in words and "STARTTLS" not in words


def test_a_post_is_taken_and_stored(client: Client, world: World) -> None:
    assert client.start(GROUP) == replies.OK
    assert client.data(plain()) == "250 2.0.0 Taken"
    assert len(posts(world)) == 1


def test_nobody_here_is_said_at_rcpt(client: Client) -> None:
    assert client.start("nobody@example.org") == replies.UNKNOWN
    assert client.say("RCPT TO:<someone@elsewhere.example>") == replies.UNKNOWN


def test_a_second_list_waits_for_its_own_transaction(client: Client) -> None:
    client.start(GROUP)
    assert client.say("RCPT TO:<other@example.org>") == replies.ONE_TARGET
    assert client.say("RCPT TO:<group-join@example.org>") == replies.ONE_TARGET


def test_the_same_recipient_again_counts_once(client: Client, world: World) -> None:
    client.start(GROUP)
    assert client.say(f"RCPT TO:<{GROUP.upper()}>") == replies.OK
    client.data(plain())
    assert len(posts(world)) == 1


def test_after_a_reset_another_list_is_fine(client: Client) -> None:
    client.start(GROUP)
    assert client.say("RSET").startswith("250")
    client.say("MAIL FROM:<ann@example.net>")
    assert client.say("RCPT TO:<other@example.org>") == replies.OK


def test_two_posts_in_one_session(client: Client, world: World) -> None:
    client.start(GROUP)
    client.data(plain())
    client.say("MAIL FROM:<ann@example.net>")
    client.say(f"RCPT TO:<{GROUP}>")
    assert client.data(plain(body="Two", message_id="<2@x>")) == "250 2.0.0 Taken"
    assert len(posts(world)) == 2


def test_everything_in_one_go(client: Client, world: World) -> None:
    client.hello()
    client.send(b"MAIL FROM:<ann@example.net>\r\nRCPT TO:<group@example.org>\r\nDATA\r\n")
    assert [client.reply()[:3] for _ in range(3)] == ["250", "250", "354"]
    client.send(plain() + b".\r\n")
    assert client.reply().startswith("250")
    assert len(posts(world)) == 1


def test_a_stranger_hears_why(client: Client, world: World) -> None:
    client.start(GROUP, "eve@example.com")
    reply = client.data(plain(sender="eve@example.com"))
    assert reply.startswith("550 5.7.1 This group takes mail from its members only")
    assert posts(world) == []


def test_what_cannot_be_read_is_refused_for_good(client: Client, world: World) -> None:
    client.start(GROUP)
    reply = client.data(b"From: a@b.c\r\nFrom: d@e.f\r\n\r\nHello")
    assert reply.startswith("554 5.6.0 ")
    assert posts(world) == []


def test_what_breaks_us_is_kept_sealed(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RecursionError("with ann@example.net in its words")

    monkeypatch.setattr("smtp_gateway.dispatch.receive_post", broken)
    client.start(GROUP)
    assert client.data(plain(body="MARK")) == replies.KEPT_ASIDE
    assert status(world.kit).quarantine == 1
    with world.kit.database.reading() as tx:
        (row,) = tx.session.execute(text("SELECT reason, sealed_content FROM quarantine"))
    assert row.reason == "RecursionError" and b"MARK" not in row.sealed_content


def test_a_database_that_is_locked_means_try_again(client: Client, world: World) -> None:
    client.start(GROUP)
    engine = world.kit.database.engine
    event.listen(engine, "checkout", _short_patience)
    with engine.connect() as holder:
        holder.execute(text("SELECT 1"))  # its BEGIN IMMEDIATE holds the write lock
        assert client.data(plain()) == replies.TRY_AGAIN
    client.say("MAIL FROM:<ann@example.net>")
    client.say(f"RCPT TO:<{GROUP}>")
    assert client.data(plain()).startswith("250")


def _short_patience(connection: Any, *_: object) -> None:
    connection.execute("PRAGMA busy_timeout=100")


def test_too_large_is_said_before_and_after(world: World, group: MailingList) -> None:
    with running(world.kit, max_message_size="20000") as gateway, Client(gateway.port) as client:
        client.hello()
        assert client.say("MAIL FROM:<ann@example.net> SIZE=20001").startswith("552")
        client.start(GROUP)
        assert client.data(plain(body="x" * 70 + "\n" + "y\n" * 20000)).startswith("552")
        assert client.say("NOOP").startswith("250")


def test_long_lines_are_taken(client: Client, world: World) -> None:
    client.start(GROUP)
    assert client.data(plain(body="word " * 20_000)).startswith("250")
    assert len(posts(world)[0]) > 90_000


def test_lines_without_end_are_refused_and_the_session_stays_in_step(client: Client) -> None:
    client.start(GROUP)
    assert client.data(b"x" * 2_000_000)[0] == "5"
    assert client.say("NOOP").startswith("250")


@pytest.mark.parametrize(
    "end", [b"\n.\n", b"\r.\r", b"\n.\r\n", b"\r\n.\n", b"\r\n\x00.\r\n", b"\r.\r\n"]
)
def test_only_crlf_dot_crlf_ends_a_mail(client: Client, world: World, end: bytes) -> None:
    smuggled = b"MAIL FROM:<eve@example.com>\r\nRCPT TO:<group@example.org>\r\nDATA\r\n"
    client.start(GROUP)
    assert client.say("DATA").startswith("354")
    client.send(plain(body="one") + end + smuggled + plain(body="two") + b"\r\n.\r\n")
    assert client.reply()[0] in "25"
    assert client.say("NOOP").startswith("250")
    assert len(posts(world)) <= 1


@pytest.mark.parametrize("verb", ["GET", "HEAD", "POST", "PUT", "OPTIONS", "CONNECT", "post"])
def test_a_browser_is_turned_away(client: Client, verb: str) -> None:
    assert client.say(f"{verb} / HTTP/1.1") == replies.NOT_HTTP
    assert client.reply() == ""


@pytest.mark.parametrize("line", ["PROPFIND / HTTP/1.1", "Host: mail.example.org", "Subject: Hi"])
def test_a_line_of_a_request_or_a_mail_ends_the_session(client: Client, line: str) -> None:
    assert client.say(line) == replies.NOT_HTTP
    assert client.reply() == ""


def test_a_mail_that_comes_unasked_is_not_followed_as_commands(client: Client) -> None:
    client.hello()
    client.send(b"DATA\r\nMAIL FROM:<ann@example.net>\r\nRCPT TO:<group@example.org>\r\n")
    assert client.reply() == replies.MAIL_FIRST
    assert client.reply() == replies.UNASKED
    assert client.reply() == ""


def test_without_a_valid_recipient_there_is_no_mail(client: Client) -> None:
    client.start("nobody@example.org")
    assert client.say("DATA") == replies.NO_RECIPIENTS
    assert client.say("NOOP").startswith("250")


def test_commands_have_an_order(client: Client) -> None:
    assert client.say("MAIL FROM:<ann@example.net>") == replies.HELLO_FIRST
    client.hello()
    assert client.say(f"RCPT TO:<{GROUP}>") == replies.MAIL_FIRST
    assert client.say("DATA") == replies.MAIL_FIRST
    client.say("MAIL FROM:<ann@example.net>")
    assert client.say("MAIL FROM:<ann@example.net>") == replies.ONE_MAIL
    assert client.say("DATA") == replies.RCPT_FIRST
    client.hello()
    assert client.say("DATA") == replies.MAIL_FIRST


@pytest.mark.parametrize(
    "line",
    [
        "",
        " ",
        "BDAT 10 LAST",
        "AUTH PLAIN x",
        "EXPN group",
        "ETRN x",
        "QUIT now",
        "RSET now",
        "STARTTLS",
        "EHLO",
        "\x16\x03\x01",
        b"MAIL FROM:<\xff@example.net>",
        b"M\xc3\x84IL FROM:<a@b>",
        "x" * 5000,
        "EHLO " + "x" * 5000,
    ],
)
def test_a_wrong_command_gets_a_code_and_the_session_goes_on(
    client: Client, line: str | bytes
) -> None:
    assert re.fullmatch(r"50[0-3] 5\.\d\.\d [ -~]+", client.say(line))
    assert client.say("NOOP") == replies.RESET


def test_a_client_that_has_said_all_still_gets_its_answer(client: Client, world: World) -> None:
    client.start(GROUP)
    client.say("DATA")
    client.send(plain() + b"\r\n.\r\n")
    client.socket.shutdown(socket.SHUT_WR)
    assert client.reply() == "250 2.0.0 Taken"
    assert client.reply() == ""
    assert len(posts(world)) == 1


def test_a_mail_that_is_broken_off_is_not_taken(client: Client, gateway: Running) -> None:
    with Client(gateway.port) as broken_off:
        broken_off.start(GROUP)
        broken_off.say("DATA")
        broken_off.send(plain() + b"\r\n.\r")
    assert client.start(GROUP) == replies.OK
    assert client.data(plain()) == "250 2.0.0 Taken"  # were the first taken, a duplicate too


def test_dots_arrive_as_they_were_written(client: Client, world: World) -> None:
    client.start(GROUP)
    client.data(plain(body="one\r\n..\r\n..two"))
    assert posts(world) == ["one\n.\n.two"]


def test_bare_line_feeds_end_lines_and_never_the_mail(client: Client, world: World) -> None:
    client.start(GROUP)
    client.data(plain(body="one\n.\nQUIT").replace(b"\r\n", b"\n"))
    assert posts(world) == ["one\n.\nQUIT"]


@pytest.mark.parametrize(
    "line",
    [
        "MAIL FROM:<",
        "MAIL FROM:<>x>",
        "MAIL FROM:",
        "MAIL FROM:<a@b> SIZE",
        "MAIL FROM:<a@b> X=Y",
        "MAIL",
        "RCPT TO:<a",
        "MAIL FROM:<\x01@b>",
        "MAIL FROM:<a@[>",
        'MAIL FROM:<"a@b>',
    ],
)
def test_malformed_commands_get_a_permanent_answer(client: Client, line: str) -> None:
    client.hello()
    reply = client.say(line)
    assert reply[0] in "25" and "Error: (" not in reply
    assert client.say("NOOP").startswith("250")


def test_nothing_of_the_client_is_echoed_raw(client: Client) -> None:
    client.hello()
    reply = client.say(b"FOO\x07\x1bBAR x")
    assert reply.isprintable()


def test_nobody_is_verified(client: Client) -> None:
    client.hello()
    assert client.say(f"VRFY {GROUP}") == client.say("VRFY nobody@example.org")


def test_a_client_that_never_stops_is_stopped(client: Client) -> None:
    client.hello()
    answers = [client.say(f"BOGUS{n}") for n in range(30)]
    assert "" in answers


def test_one_client_may_not_take_all_connections(world: World, group: MailingList) -> None:
    with running(world.kit, trusted_clients="") as gateway:
        clients = [Client(gateway.port) for _ in range(20)]
        with Client(gateway.port) as one_more:
            assert one_more.greeting == replies.TOO_MANY_CONNECTIONS
        for client in clients:
            client.__exit__()


def test_the_null_sender_may_write_to_the_operator(client: Client, world: World) -> None:
    assert client.start("postmaster@example.org", "") == replies.OK
    assert client.data(plain(to="postmaster@example.org")).startswith("250")
    assert status(world.kit).quarantine == 1


def test_the_operator_gets_that_mail(world: World, group: MailingList) -> None:
    kit = replace(world.kit, operator="op@example.com")
    with running(kit) as gateway, Client(gateway.port) as client:
        client.start("abuse@example.org", "eve@example.com")
        assert client.data(plain(to="abuse@example.org")).startswith("250")
    assert status(kit).notices["pending"] == 1


def test_at_the_end_the_idle_go_and_the_sending_may_finish(gateway: Running, world: World) -> None:
    with Client(gateway.port) as idle, Client(gateway.port) as sending:
        idle.hello()
        sending.start(GROUP)
        assert sending.say("DATA").startswith("354")
        closing = threading.Thread(target=gateway.close)
        closing.start()
        assert idle.reply() == replies.CLOSING
        sending.send(plain() + b"\r\n.\r\n")
        assert sending.reply().startswith("250")
        closing.join(10)
    assert len(posts(world)) == 1


def test_an_international_address_is_understood(client: Client, world: World) -> None:
    client.hello()
    assert client.say("MAIL FROM:<josé@example.net> SMTPUTF8 BODY=8BITMIME").startswith("250")
    assert client.say(f"RCPT TO:<{GROUP}>") == replies.OK
