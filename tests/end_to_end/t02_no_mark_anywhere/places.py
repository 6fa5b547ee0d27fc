"""Everything that anyone could get hold of, as bytes by the name of the place."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from zlib import decompress

from redis import Redis

from tests.sink import Copy
from tests.stack import Stack


def database(house: Stack) -> dict[str, bytes]:
    """Each table, column by column, in the clear as SQLite hands it out."""
    found: dict[str, bytes] = {}
    with closing(sqlite3.connect(f"file:{house.data / 'quietlist.db'}?mode=ro", uri=True)) as base:
        tables = base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            rows = base.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # its own table's name
            names = [column[0] for column in rows.description]
            for row in rows:
                for name, value in zip(names, row, strict=True):
                    place = f"{table}.{name}"
                    found[place] = found.get(place, b"") + _bytes(value) + b"\n"
    return found


@contextmanager
def redis_of(house: Stack) -> Iterator["Redis"]:
    """The server that runs on the machine."""
    with closing(Redis(unix_socket_path=str(house.data / "redis" / "redis.sock"))) as server:
        yield server


def redis(house: Stack) -> dict[str, bytes]:
    """Every key with its value, as the running server dumps it, and who speaks to it."""
    with redis_of(house) as server:
        keys = list(server.scan_iter())
        found = {f"redis key {key!r}": key + b"\n" + (server.dump(key) or b"") for key in keys}
        found |= {f"redis value {key!r}": _value(server, key) for key in keys}
        return {**found, "redis clients": repr(server.client_list()).encode()}


def files(house: Stack) -> dict[str, bytes]:
    """Every file, raw: the database with its log, Redis's log of commands, what was printed,
    temporary files. Not the fault that the test itself has put there.
    """
    found = {}
    for path in sorted(house.folder.rglob("*")):
        if path.is_file() and "fault" not in path.parts:
            found[str(path.relative_to(house.folder))] = path.read_bytes()
    return found


def open_files(house: Stack) -> dict[str, bytes]:
    """What processes hold open and nobody else can see: files without a name, shared memory."""
    found = {}
    for pid in house.processes():
        for place in (
            *Path(f"/proc/{pid}/fd").iterdir(),
            *Path(f"/proc/{pid}/map_files").iterdir(),
        ):
            with suppress(OSError):
                name = str(place.readlink())
                if name.startswith("/") and name.endswith("(deleted)") and place.is_file():
                    found[f"open file {pid} {place.name} {name}"] = place.read_bytes()
    return found


def pages(house: Stack, *paths: str) -> dict[str, bytes]:
    found = {}
    for path in paths:
        page = house.get(path)
        found[f"page {path}"] = f"{page.status} {page.headers}\n{page.text}".encode()
    return found


def commands(house: Stack, *lines: str) -> dict[str, bytes]:
    """What the commands print that are not the audited one."""
    return {f"quietlist {line}": house.quietlist(*line.split()).encode() for line in lines}


def processes(house: Stack) -> dict[str, bytes]:
    """Command lines and environments, which other users of the machine may read."""
    found = {}
    for pid, name in house.processes().items():
        with suppress(OSError):  # it has just ended
            found[f"process {name} {pid}"] = (
                name.encode() + b"\0" + Path(f"/proc/{pid}/environ").read_bytes()
            )
    return found


def core_limits(house: Stack) -> dict[str, str]:
    """How large a core file of each process may become, in the words of the kernel."""
    found = {}
    for pid, name in house.processes().items():
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/limits").read_text().splitlines()
            (line,) = (line for line in lines if line.startswith("Max core file size"))
            found[name] = " ".join(line.split()[4:])
    return found


def mails(copies: list[Copy]) -> dict[str, bytes]:
    """Each mail: its envelope sender, its bytes, and each part decoded. Not its recipient."""
    found = {}
    for number, copy in enumerate(copies):
        found[f"copy {number}"] = copy.mail_from.encode() + b"\n" + copy.content
        for part in copy.message.walk():
            if not part.is_multipart():
                content = part.get_payload(decode=True)
                found[f"copy {number} {part.get_content_type()}"] = _bytes(content)
    return found


def _value(server: "Redis", key: bytes) -> bytes:
    kind = server.type(key)
    if kind == b"hash":
        fields = server.hgetall(key)
        # RQ packs arguments and tracebacks.
        unpacked = [decompress(v) for v in map(_bytes, fields.values()) if v[:1] == b"\x78"]
        return repr(fields).encode() + b"\n".join(unpacked)
    if kind == b"list":
        return repr(server.lrange(key, 0, -1)).encode()
    if kind == b"zset":
        return repr(server.zrange(key, 0, -1)).encode()
    if kind == b"set":
        return repr(server.smembers(key)).encode()
    return repr(server.get(key) if kind == b"string" else kind).encode()


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
