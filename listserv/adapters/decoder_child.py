"""The inside of the decoder's process. It listens on standard input, which is a socket.

It opens nothing itself: each file is decoded in a fork of its own, which may take
bounded time and memory and can open no file or connection. So no file meets what
another one left behind, and a decoder that dies or hangs takes nothing with it.
"""

import codecs
import ctypes
import os
import resource
import signal
import socket
import sys
from contextlib import suppress
from typing import NoReturn

from listserv.adapters.decoder_wire import MOST_BYTES, Frame, receive, send
from listserv.mail.decoding.decoder import DirectDecoder

# 50 megapixels, decoded, turned and made smaller, need less than half of it.
_MEMORY = 1024 * 1024 * 1024
_CPU_SECONDS = 10
_SECONDS = 30
_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Serves until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    _load_codecs()
    with socket.socket(fileno=0) as peer, suppress(EOFError):
        while True:
            made = _in_a_fork(*receive(peer))
            send(peer, Frame.MADE if made else Frame.NOTHING, made)


def _load_codecs() -> None:
    """Python would otherwise look for them when it is too late to open a file."""
    for name in ("ascii", "latin-1", "cp437", "utf-8", "utf-16"):
        codecs.lookup(name)


def confine() -> None:
    """Bounds what this process may still do. There is no way back."""
    for kind, most in (
        (resource.RLIMIT_AS, _MEMORY),
        (resource.RLIMIT_CPU, _CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 0),  # no new file, socket or pipe
    ):
        resource.setrlimit(kind, (most, most))
    signal.alarm(_SECONDS)


def die_with_parent() -> None:
    """The kernel kills this process when the one that started it ends (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _in_a_fork(frame: Frame, content: bytes) -> bytes:
    """What a fork made of the file; b"" when it made nothing, or did not live to say so."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _work(frame, content, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        made = pipe.read(MOST_BYTES + 1)
    _, status = os.waitpid(child, 0)
    return made if status == 0 and len(made) <= MOST_BYTES else b""


def _work(frame: Frame, content: bytes, writing: int) -> NoReturn:
    try:
        os.close(0)  # what is said on it would be believed
        die_with_parent()
        confine()
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(_made(frame, content))
    except BaseException:  # nothing of it may be printed, and nothing else may run
        os._exit(1)
    os._exit(0)


def _made(frame: Frame, content: bytes) -> bytes:
    decoder = DirectDecoder()
    if frame is Frame.PICTURE:
        picture = decoder.picture(content)
        if picture is None:
            return b""
        place = " place" if picture.told_place else ""
        return f"{picture.content_type}{place}\n".encode() + picture.content
    return (decoder.words(content) or "").encode("utf-8", "replace")


if __name__ == "__main__":
    main()
