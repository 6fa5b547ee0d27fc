"""What one client may ask of the gateway, and how long it may take."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from listserv.domain.decision import Accept, Decision
from listserv.domain.mailing_list import MailingList
from smtp_gateway import replies
from smtp_gateway.limits import Limits
from tests.fakes import World
from tests.integration.gateway.running import Client, eventually, running
from tests.unit.services.mail_samples import plain

GROUP = "group@example.org"


@pytest.fixture
def held_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Posts are only taken once the event is set."""
    go = threading.Event()

    def wait(*_: object) -> Decision:
        go.wait(20)
        return Accept()

    monkeypatch.setattr("smtp_gateway.dispatch.receive_post", wait)
    yield go
    go.set()


def test_who_says_nothing_is_shown_out(world: World, group: MailingList) -> None:
    with running(world.kit, Limits(idle_seconds=0.2)) as gateway, Client(gateway.port) as client:
        assert client.reply() == replies.TOO_SLOW
        assert client.reply() == ""


def test_each_command_starts_the_clock_again(world: World, group: MailingList) -> None:
    with running(world.kit, Limits(idle_seconds=0.6)) as gateway, Client(gateway.port) as client:
        pause = threading.Event()
        for _ in range(4):
            pause.wait(0.25)
            assert client.say("NOOP") == replies.RESET


def test_a_message_may_not_trickle_in_for_ever(world: World, group: MailingList) -> None:
    with running(world.kit, Limits(data_seconds=0.3)) as gateway, Client(gateway.port) as client:
        client.start(GROUP)
        client.say("DATA")
        pause = threading.Event()
        for _ in range(3):
            client.send(b"a little\r\n")
            pause.wait(0.05)
        assert client.reply() == replies.TOO_SLOW


def test_our_own_slowness_is_not_counted_against_a_client(
    world: World, group: MailingList, held_up: threading.Event
) -> None:
    limits = Limits(idle_seconds=0.2, data_seconds=0.2)
    with running(world.kit, limits) as gateway, Client(gateway.port) as client:
        client.start(GROUP)
        client.say("DATA")
        client.send(plain() + b"\r\n.\r\n")
        threading.Timer(0.6, held_up.set).start()
        assert client.reply() == "250 2.0.0 Taken"


def test_too_many_wrong_commands_end_a_session(world: World, group: MailingList) -> None:
    with running(world.kit, Limits(errors=3)) as gateway, Client(gateway.port) as client:
        assert [client.say("MAIL TO")[:3] for _ in range(4)] == ["503"] * 4
        assert client.reply() == replies.TOO_MANY_ERRORS
        assert client.reply() == ""


def test_a_stranger_may_not_try_many_names(world: World, group: MailingList) -> None:
    with (
        running(world.kit, Limits(errors=3), trusted_clients="") as gateway,
        Client(gateway.port) as client,
    ):
        client.start("nobody@example.org")
        for name in ("ann", "bob", "cleo"):
            assert client.say(f"RCPT TO:<{name}@example.org>") == replies.UNKNOWN
        assert client.reply() == replies.TOO_MANY_ERRORS


def test_a_trusted_server_may_pass_on_many_wrong_names(world: World, group: MailingList) -> None:
    with running(world.kit, Limits(errors=3)) as gateway, Client(gateway.port) as client:
        client.start("nobody@example.org")
        for number in range(10):
            assert client.say(f"RCPT TO:<nobody{number}@example.org>") == replies.UNKNOWN
        assert client.say(f"RCPT TO:<{GROUP}>") == replies.OK


def test_a_message_makes_good_for_what_was_before(world: World, group: MailingList) -> None:
    with running(world.kit, Limits(errors=3)) as gateway, Client(gateway.port) as client:
        for number in range(3):
            client.say("BOGUS")
            client.say("BOGUS")
            client.start(GROUP)
            assert client.data(plain(message_id=f"<{number}@x>")) == "250 2.0.0 Taken"


def test_chatter_ends_a_session(world: World, group: MailingList) -> None:
    with running(world.kit, Limits(chatter=3)) as gateway, Client(gateway.port) as client:
        assert [client.say("NOOP") for _ in range(4)] == [replies.RESET] * 4
        assert client.reply() == replies.TOO_MUCH_CHATTER


def test_recipients_have_a_limit(world: World, group: MailingList) -> None:
    with running(world.kit, Limits(recipients=2)) as gateway, Client(gateway.port) as client:
        assert client.start(GROUP) == replies.OK
        assert client.say(f"RCPT TO:<{GROUP}>") == replies.OK
        assert client.say(f"RCPT TO:<{GROUP}>") == replies.TOO_MANY_RECIPIENTS


def test_who_hangs_up_makes_room(world: World, group: MailingList) -> None:
    with running(world.kit, Limits(per_trusted=1)) as gateway:
        with Client(gateway.port) as client:
            client.start(GROUP)
            with Client(gateway.port) as other:
                assert other.greeting == replies.TOO_MANY_CONNECTIONS
        assert eventually(lambda: Client(gateway.port).greeting.startswith("220"))


def test_memory_for_messages_is_bounded(
    world: World, group: MailingList, held_up: threading.Event
) -> None:
    limits = Limits(held=30_000)
    with (
        running(world.kit, limits, max_message_size="20000") as gateway,
        ExitStack() as stack,
    ):
        first, second = (stack.enter_context(Client(gateway.port)) for _ in range(2))
        for client in (first, second):
            client.start(GROUP)
            client.say("DATA")
        first.send(b"x" * 19_000 + b"\r\n.\r\n")
        second.send(b"x" * 10_000)
        second.send(b"x" * 9_000 + b"\r\n.\r\n")
        assert second.reply() == replies.NO_ROOM
        held_up.set()
        assert first.reply() == "250 2.0.0 Taken"
        second.start(GROUP)
        assert second.data(b"x" * 19_000) == "250 2.0.0 Taken"


def test_a_mail_without_room_leaves_its_room_to_others(world: World, group: MailingList) -> None:
    with (
        running(world.kit, Limits(held=30_000), max_message_size="20000") as gateway,
        ExitStack() as stack,
    ):
        refused, other = (stack.enter_context(Client(gateway.port)) for _ in range(2))
        for client in (refused, other):
            client.start(GROUP)
            client.say("DATA")
        for _ in range(2):
            refused.send(b"x" * 19_000)
            refused.send(b"x" * 19_000)
        other.send(plain() + b"\r\n.\r\n")
        assert other.reply() == "250 2.0.0 Taken"
        refused.send(b"\r\n.\r\n")
        assert refused.reply()[0] in "45"


def test_too_much_work_is_put_off(
    world: World, group: MailingList, held_up: threading.Event
) -> None:
    with running(world.kit, Limits(waiting=4)) as gateway, ExitStack() as stack:
        clients = [stack.enter_context(Client(gateway.port)) for _ in range(6)]
        for client in clients:
            client.start(GROUP)
            client.say("DATA")
        answers: list[str] = []
        listeners = [
            threading.Thread(target=lambda c=c: answers.append(c.reply())) for c in clients
        ]
        for client, listener in zip(clients, listeners, strict=True):
            client.send(plain() + b"\r\n.\r\n")
            listener.start()
        first_two = eventually(lambda: len(answers) == 2)
        assert first_two and answers == [replies.BUSY] * 2
        held_up.set()
        for listener in listeners:
            listener.join(10)
        assert answers[2:] == ["250 2.0.0 Taken"] * 4


def test_one_strangers_slow_mail_holds_up_no_one_else(
    world: World, group: MailingList, held_up: threading.Event
) -> None:
    limits = Limits(close_seconds=0.1)
    with running(world.kit, limits, trusted_clients="") as gateway, ExitStack() as stack:
        for _ in range(5):
            slow = stack.enter_context(Client(gateway.port))
            slow.start(GROUP)
            slow.say("DATA")
            slow.send(plain() + b"\r\n.\r\n")
        other = stack.enter_context(Client(gateway.port, source="127.0.0.3"))
        assert other.start("postmaster@example.org") == replies.OK
        assert other.data(plain(to="postmaster@example.org")) == "250 2.0.0 Taken"


def test_the_end_does_not_wait_for_ever(
    world: World, group: MailingList, held_up: threading.Event
) -> None:
    with running(world.kit, Limits(close_seconds=0.3)) as gateway, ExitStack() as stack:
        silent, stuck = (stack.enter_context(Client(gateway.port)) for _ in range(2))
        for client in (silent, stuck):
            client.start(GROUP)
            client.say("DATA")
        stuck.send(plain() + b"\r\n.\r\n")
        started = time.monotonic()
        gateway.close()
        assert time.monotonic() - started < 2
        assert silent.reply() == replies.CLOSING
        assert stuck.reply() == replies.CLOSING
