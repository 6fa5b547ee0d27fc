"""Pictures pass through the gateway's threads and a child that may die of them."""

import smtplib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from listserv.adapters.decoder_process import DecoderProcess
from listserv.domain.anonymous_message import AnonymousMessage
from listserv.domain.errors import NotFound
from listserv.domain.mailing_list import MailingList
from listserv.store import posts
from tests.fakes import World
from tests.integration.gateway.running import Running, running
from tests.unit.mail.decoding import photographs


@pytest.fixture
def gateway(world: World, group: MailingList) -> Iterator[Running]:
    kit = replace(world.kit, decoder=DecoderProcess())
    with running(kit, smtp_listen="127.0.0.1:0", lmtp_listen="127.0.0.1:0") as found:
        yield found


def mail(number: int, *pictures: bytes) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = "ann@example.net"
    message["To"] = "group@example.org"
    message["Subject"] = f"Picture {number}"
    message.set_content(f"Look at number {number}.")
    for picture in pictures:
        message.add_attachment(picture, maintype="image", subtype="png", filename="a.png")
    return message.as_bytes()


def sent(port: int, content: bytes, kind: type[smtplib.SMTP] = smtplib.SMTP) -> None:
    with kind("127.0.0.1", port, local_hostname="client.example.net") as client:
        client.sendmail("ann@example.net", "group@example.org", content)


def stored(world: World) -> dict[str, AnonymousMessage]:
    """Every post, by its subject."""
    found = []
    with world.kit.database.reading() as tx:
        for number in range(1, 20):
            with suppress(NotFound):
                found.append(posts.get(tx, number))
    return {post.message.subject: post.message for post in found if post}


def test_three_at_once_and_by_both_doors(world: World, gateway: Running) -> None:
    pictures = [photographs.saved("PNG", photographs.two_sides((40 + n, 20))) for n in range(6)]
    mails = [mail(number, picture) for number, picture in enumerate(pictures)]
    with ThreadPoolExecutor(3) as threads:
        smtp, lmtp = gateway.gateway.ports
        list(threads.map(lambda content: sent(smtp, content), mails[:3]))
        list(threads.map(lambda content: sent(lmtp, content, smtplib.LMTP), mails[3:]))
    found = stored(world)
    for number, picture in enumerate(pictures):
        (attached,) = found[f"Picture {number}"].attachments
        rebuilt = world.kit.decoder.picture(picture)
        assert rebuilt and attached.content == rebuilt.content


def test_a_bomb_is_left_out_and_nothing_else_is_lost(world: World, gateway: Running) -> None:
    good = photographs.saved("PNG")
    sent(gateway.port, mail(1, photographs.bomb(), good, b"\x89PNG\r\n\x1a\n" + b"\xff" * 999))
    post = stored(world)["Picture 1"]
    assert post.text.startswith("Look at number 1.")
    assert post.text.count("[A picture was left out]") == 2
    assert [attached.name for attached in post.attachments] == ["picture-1.png"]
