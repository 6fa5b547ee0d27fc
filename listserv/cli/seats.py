"""The names under which workers of `up` claim copies: the same again after a restart."""

import secrets
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from platform import node


def seat_names(data: Path, workers: int) -> Iterator[str]:
    """A name a worker. Who takes a seat frees what its last holder had claimed.

    Kept in the data directory, so that after the whole of `up` was killed the
    next one need not wait for the leases to end. The name of the machine is part
    of them: a copy of the directory on another one has seats of its own.
    """
    path = data / "seats"
    kept = path.read_text("utf-8").strip() if path.exists() else ""
    if not kept:
        kept = secrets.token_hex(16)
        path.write_text(f"{kept}\n", "utf-8")
    house = sha256(f"{kept} {node()}".encode()).hexdigest()[:16]
    return (f"{house}:{seat}" for seat in range(1, workers + 1))
