"""The bytes of one connection, cut into commands and messages."""

import asyncio
from dataclasses import dataclass, field
from typing import Protocol

from smtp_gateway import replies
from smtp_gateway.limits import LONGEST_COMMAND

_CHUNK = 256 * 1024
# Nothing else ends a message (RFC 5321 §4.1.1.4): a server that takes a bare LF for a line's
# end here lets a second mail be smuggled in behind the first.
_END = b"\r\n.\r\n"


@dataclass(frozen=True)
class Message:
    """As it came, dots still doubled."""

    content: bytearray = field(repr=False)


@dataclass(frozen=True)
class Overflow:
    """It was read to its end and thrown away; `reply` says why."""

    reply: str


class Room(Protocol):
    """The memory that a message on its way in may take."""

    def more(self, count: int) -> bool:
        """Whether `count` bytes more find room; keeps them for this message when they do."""

    def let_go(self) -> None:
        """Gives all of it to others."""


class Wire:
    """Reads in large pieces: line by line, a message of 10 MB takes a quarter of a second."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader = reader
        self._ahead = bytearray()

    @property
    def has_more(self) -> bool:
        """Whether the client has sent something that was not asked for yet."""
        return bool(self._ahead)

    def forget(self) -> None:
        """Drops what came before encryption began (RFC 3207 §4.2)."""
        self._ahead.clear()

    async def command(self) -> bytes | None:
        """One line without its end; None when it was too long. Raises ConnectionError at the end.

        A bare LF ends a command, for those who type.
        """
        searched, too_long = 0, False
        while (end := self._ahead.find(b"\n", searched)) < 0:
            if len(self._ahead) > LONGEST_COMMAND:
                too_long = True
                self._ahead.clear()
            searched = len(self._ahead)
            self._ahead += await self._more()
        line = bytes(self._ahead[:end])
        del self._ahead[: end + 1]
        return None if too_long or end > LONGEST_COMMAND else line.removesuffix(b"\r")

    async def message(self, size_limit: int, room: Room) -> Message | Overflow:
        """Everything up to CRLF.CRLF, so that the session stays in step whatever it is.

        What is refused is thrown away as it comes, and holds no room. Raises
        ConnectionError when the client goes away.
        """
        # The dot may stand on the very first line, whose CRLF is that of DATA itself.
        content = bytearray(_END[:2])
        searched, refusal = 0, ""
        while True:
            content += self._ahead
            self._ahead = bytearray()
            end = content.find(_END, searched)
            if end >= 0:
                break
            if len(content) > size_limit + len(_END):
                refusal = replies.TOO_LARGE
            if refusal:
                del content[: -len(_END)]
                room.let_go()
            searched = max(0, len(content) - len(_END) + 1)
            piece = await self._more()
            if not refusal and not room.more(len(piece)):
                refusal = replies.NO_ROOM
            self._ahead += piece
        self._ahead = content[end + len(_END) :]
        del content[end + 2 :]
        del content[:2]
        if not refusal and len(content) > size_limit:
            refusal = replies.TOO_LARGE
        return Overflow(refusal) if refusal else Message(content)

    async def _more(self) -> bytes:
        piece = await self._reader.read(_CHUNK)
        if not piece:
            raise ConnectionResetError
        return piece
