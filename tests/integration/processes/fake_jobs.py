"""Jobs for a real worker to run: each writes what it did to the file that NOTES names."""

import os
from pathlib import Path
from threading import Event


def note(number: int) -> None:
    _write(f"{number} {os.getpid()}")


def nap(seconds: float) -> None:
    """Work that a signal must not break off."""
    _write("begun")
    Event().wait(seconds)
    _write("done")


def explode(text: str) -> None:
    _write("exploded")
    raise ValueError(text)


def _write(line: str) -> None:
    with Path(os.environ["NOTES"]).open("a") as file:
        file.write(f"{line}\n")
