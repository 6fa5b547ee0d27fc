import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from itertools import repeat
from typing import TypeVar

import pytest

from smtp_gateway import replies
from smtp_gateway.limits import LONGEST_COMMAND
from smtp_gateway.wire import Message, Overflow, Wire

T = TypeVar("T")


def over(pieces: list[bytes], use: Callable[[Wire], Awaitable[T]]) -> T:
    """Runs `use` on a wire on which these pieces arrive one by one, and then the end."""

    async def play() -> T:
        reader = asyncio.StreamReader()

        async def feed() -> None:
            for piece in pieces:
                reader.feed_data(piece)
                await asyncio.sleep(0)
                await asyncio.sleep(0)
            reader.feed_eof()

        feeding = asyncio.create_task(feed())
        try:
            return await use(Wire(reader))
        finally:
            await feeding

    return asyncio.run(play())


def message_of(pieces: list[bytes], size_limit: int = 1000) -> Message | Overflow:
    return over(pieces, lambda wire: wire.message(size_limit, Given()))


@dataclass
class Given:
    """Grants what it is told to grant."""

    answers: Iterator[bool] = field(default_factory=lambda: repeat(True))
    held: int = 0

    def more(self, count: int) -> bool:
        granted = next(self.answers)
        self.held += count if granted else 0
        return granted

    def let_go(self) -> None:
        self.held = 0


def one_by_one(content: bytes) -> list[bytes]:
    return [content[n : n + 1] for n in range(len(content))]


def test_commands_are_cut_at_line_ends() -> None:
    async def two(wire: Wire) -> list[bytes | None]:
        return [await wire.command(), await wire.command()]

    assert over([b"NOOP\r\nQU", b"IT\n"], two) == [b"NOOP", b"QUIT"]


def test_a_command_that_is_too_long_is_read_to_its_end() -> None:
    async def two(wire: Wire) -> list[bytes | None]:
        return [await wire.command(), await wire.command()]

    long = b"x" * (3 * LONGEST_COMMAND)
    assert over([long, long, b"\r\nNOOP\r\n"], two) == [None, b"NOOP"]
    assert over([long + b"\r\nNOOP\r\n"], two) == [None, b"NOOP"]


def test_the_end_of_the_connection_is_an_error() -> None:
    with pytest.raises(ConnectionError):
        over([b"NOO"], lambda wire: wire.command())
    with pytest.raises(ConnectionError):
        message_of([b"Hello\r\n."])


@pytest.mark.parametrize("cut", [one_by_one, lambda content: [content]])
@pytest.mark.parametrize(
    ("wire", "content"),
    [
        (b"Hello\r\n.\r\n", b"Hello\r\n"),
        (b".\r\n", b""),
        (b"\r\n.\r\n", b"\r\n"),
        (b"a\r\n..\r\n.\r\n", b"a\r\n..\r\n"),
        (b"a\r\n.b\r\n\r\n.\r\n", b"a\r\n.b\r\n\r\n"),
    ],
)
def test_a_message_ends_at_its_dot(
    wire: bytes, content: bytes, cut: Callable[[bytes], list[bytes]]
) -> None:
    found = message_of(cut(wire))
    assert isinstance(found, Message) and bytes(found.content) == content


@pytest.mark.parametrize("cut", [one_by_one, lambda content: [content]])
@pytest.mark.parametrize(
    "end",
    [
        b"\n.\n",
        b"\r.\r",
        b"\n.\r\n",
        b"\r\n.\n",
        b"\r.\r\n",
        b"\r\n.\r",
        b"\r\n\x00.\r\n",
        b"\r\n.\x00\r\n",
        b"\r\n. \r\n",
        b"\r\n.\r\r\n",
        b"\r\r\n.\r\x00\n",
    ],
)
def test_nothing_else_ends_a_message(end: bytes, cut: Callable[[bytes], list[bytes]]) -> None:
    content = b"Hello" + end + b"MAIL FROM:<eve@example.com>"
    found = message_of(cut(content + b"\r\n.\r\n"))
    assert isinstance(found, Message) and bytes(found.content) == content + b"\r\n"


def test_what_follows_a_message_is_kept_for_the_next_command() -> None:
    async def both(wire: Wire) -> tuple[Message | Overflow, bool, bytes | None, bool]:
        message = await wire.message(1000, Given())
        return message, wire.has_more, await wire.command(), wire.has_more

    message, more, command, none_left = over([b"Hello\r\n.\r\nQUIT\r\n"], both)
    assert isinstance(message, Message) and bytes(message.content) == b"Hello\r\n"
    assert more and command == b"QUIT" and not none_left


def test_a_large_message_is_read_to_its_end() -> None:
    async def both(wire: Wire) -> list[object]:
        return [await wire.message(100, Given()), await wire.command()]

    pieces = [*[b"x" * 98 + b"\r\n"] * 10, b".\r\nNOOP\r\n"]
    assert over(pieces, both) == [Overflow(replies.TOO_LARGE), b"NOOP"]


def test_the_limit_itself_is_not_too_large() -> None:
    assert isinstance(message_of([b"x" * 98 + b"\r\n.\r\nNOOP\r\n" * 50], 100), Message)
    assert message_of([b"x" * 99 + b"\r\n.\r\n"], 100) == Overflow(replies.TOO_LARGE)


def test_without_room_a_message_is_read_and_thrown_away() -> None:
    room = Given(iter([True, False]))

    async def both(wire: Wire) -> list[object]:
        return [await wire.message(1000, room), await wire.command()]

    pieces = [b"one\r\n", b"two\r\n", b"three\r\n.\r", b"\nNOOP\r\n"]
    assert over(pieces, both) == [Overflow(replies.NO_ROOM), b"NOOP"]
    assert not room.held


def test_what_is_too_large_holds_no_room_while_the_rest_comes() -> None:
    room = Given()
    pieces = [*[b"x" * 98 + b"\r\n"] * 10, b"\r\n.\r\n"]
    assert over(pieces, lambda wire: wire.message(100, room)) == Overflow(replies.TOO_LARGE)
    assert not room.held


def test_what_came_before_encryption_is_forgotten() -> None:
    async def forgotten(wire: Wire) -> bytes | None:
        await wire.command()
        wire.forget()
        return await wire.command()

    assert over([b"STARTTLS\r\nMAIL FROM:<eve@example.com>\r\n", b"NOOP\r\n"], forgotten) == b"NOOP"
