"""The operator's secret keys: where they are read from, and what is derived from them."""

import os
import secrets
from collections.abc import Callable
from functools import cache
from pathlib import Path
from time import monotonic

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from listserv.domain.errors import Refused

LEAST_LETTERS = 32
LOOK_SECONDS = 1.0

ReadKeys = Callable[[], tuple[str, ...]]


def read_keys(text: str, default: Path) -> ReadKeys:
    """A function that gives the keys, newest first.

    Keys in a file may change while processes run: it is looked at each time,
    and read again when it changed.
    text: QUIETLIST_SECRET_KEYS; default: the file that is made when it is empty.
    """
    if text and not text.startswith("file:"):
        keys = checked(text.split(","))
        return lambda: keys
    path = Path(text.removeprefix("file:")).expanduser() if text else default
    if not text:
        make_file(path)
    return _watching(path)


def _watching(path: Path) -> ReadKeys:
    seen: tuple[int, int] | None = None
    keys: tuple[str, ...] = ()
    name = os.fspath(path)  # asked for each copy: a Path would be taken apart each time

    def read() -> tuple[str, ...]:
        nonlocal seen, keys
        try:
            now = os.stat(name)  # noqa: PTH116  # see above
            if (now.st_mtime_ns, now.st_ino) != seen:
                keys, seen = _read(path), (now.st_mtime_ns, now.st_ino)
        except (OSError, Refused):
            # An editor may be half way through saving it: what was read before still counts.
            if not keys:
                raise
        return keys

    keys = _read(path)
    return read


def lately(read: ReadKeys) -> ReadKeys:
    """The same keys, looked at once a second at most: for what is done for each copy.

    Only for what a key older by a second does as well. Whoever misses one asks `read` itself.
    """
    look_at = 0.0
    keys: tuple[str, ...] = ()

    def remembered() -> tuple[str, ...]:
        nonlocal look_at, keys
        now = monotonic()
        if now >= look_at:
            keys, look_at = read(), now + LOOK_SECONDS
        return keys

    return remembered


def make_file(path: Path) -> None:
    """Makes the file with one fresh key, unless it is there; safe when several try at once."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(fresh_key() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails when another process was first; its key counts
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def put_in_front(path: Path, key: str) -> None:
    """Makes `key` the newest of the file, in one step."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("\n".join([key, *_read(path)]) + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def fresh_key() -> str:
    """256 random bits, in letters that need no quoting."""
    return secrets.token_hex(32)


def checked(keys: list[str], place: str = "QUIETLIST_SECRET_KEYS") -> tuple[str, ...]:
    """Raises Refused for a key that could be guessed, and where there is none at all.

    place: where they stand, for the words of that.
    """
    found = tuple(dict.fromkeys(key.strip() for key in keys if key.strip()))
    if not found:
        raise Refused(
            f"There is no key in {place}. Put your keys back from where you keep them; "
            "for a new server `quietlist keys new` prints one."
        )
    if any(len(key) < LEAST_LETTERS for key in found):
        raise Refused(
            f"A key in {place} is too short: each takes at least {LEAST_LETTERS} letters. "
            "`quietlist keys new` prints one."
        )
    return found


@cache
def derive(key: str, purpose: str, length: int = 32) -> bytes:
    """Key material for one purpose (HKDF-SHA256, RFC 5869)."""
    return HKDF(SHA256(), length, b"quietlist", purpose.encode()).derive(key.encode())


def key_id(key: str) -> str:
    """A short public name of a key, from which nothing of it can be learned."""
    return derive(key, "key id", 4).hex()


def _read(path: Path) -> tuple[str, ...]:
    try:
        text = path.read_text("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(
            f"The secret keys cannot be read from {path} ({type(error).__name__})."
        ) from None
    return checked(text.replace(",", "\n").split("\n"), str(path))
