"""What the processes of a running product have used, from /proc."""

import os
from collections.abc import Iterator
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def parts(session: int) -> Iterator[tuple[str, Path]]:
    """Every process of that session: the last word of its command line, and its folder."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int(_fields(folder)[3]) == session:
                words = (folder / "cmdline").read_text().rstrip("\0").split("\0")
                yield Path(words[-1]).name, folder
        except OSError:
            continue  # it has just ended


def workers(session: int) -> list[Path]:
    return [folder for name, folder in parts(session) if name == "worker"]


def cpu_seconds(folders: list[Path]) -> float:
    """User and system time of all of them so far."""
    return sum(int(field) for one in folders for field in _fields(one)[11:13]) / _TICKS


def peak_mib(folder: Path) -> float:
    """The most memory that it ever had."""
    return _status(folder, "VmHWM:")


def memory_mib(folder: Path) -> float:
    return _status(folder, "VmRSS:")


def _status(folder: Path, name: str) -> float:
    lines = (folder / "status").read_text().splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024, 1)


def _fields(folder: Path) -> list[str]:
    return (folder / "stat").read_text().rpartition(")")[2].split()
