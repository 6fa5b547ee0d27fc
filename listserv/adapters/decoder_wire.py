"""How a process and its decoder speak: one letter, a length of four bytes, and that many bytes."""

import socket
import struct
from enum import Enum

MOST_BYTES = 64 * 1024 * 1024
_HEAD = struct.Struct("!cI")


class Frame(Enum):
    """What is asked, and what comes back."""

    PICTURE = b"p"
    DOCUMENT = b"d"
    MADE = b"m"
    NOTHING = b"n"


def send(peer: socket.socket, frame: Frame, content: bytes = b"") -> None:
    """Raises OSError."""
    peer.sendall(_HEAD.pack(frame.value, len(content)))
    peer.sendall(content)


def receive(peer: socket.socket) -> tuple[Frame, bytes]:
    """Raises OSError, EOFError at the end, and ValueError for what is no frame."""
    letter, length = _HEAD.unpack(_read(peer, _HEAD.size))
    if length > MOST_BYTES:
        raise ValueError("too long")
    return Frame(letter), _read(peer, length)


def _read(peer: socket.socket, length: int) -> bytes:
    content = bytearray(length)
    view = memoryview(content)
    while view:
        count = peer.recv_into(view)
        if not count:
            raise EOFError
        view = view[count:]
    return bytes(content)
