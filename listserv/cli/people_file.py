"""Reads files of addresses: one a line, or CSV as spreadsheets write it."""

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from listserv.domain.errors import Refused
from listserv.domain.subscription import DeliveryMode


@dataclass(frozen=True)
class Row:
    """One person. delivery: None when the file says nothing of it."""

    line: int
    email: str
    handle: str = ""
    delivery: DeliveryMode | None = None


def read_people(name: str) -> list[Row]:
    """The people in a file; `-` is standard input. Raises Refused."""
    lines = _text(name).splitlines()
    filled = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    if not filled:
        return []
    first, header = filled[0]
    delimiter = next((mark for mark in ",;\t" if "email" in _columns(header, mark)), None)
    if delimiter:
        return list(_csv(lines, first, delimiter))
    if "@" not in header and any(mark in header for mark in ",;\t"):
        raise Refused(f"Line {first}: a CSV file begins with its columns: email,handle,delivery.")
    return [Row(number, line) for number, line in filled if not line.startswith("#")]


def _text(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as problem:
        raise Refused(f"{name} cannot be read ({type(problem).__name__}).") from None
    except UnicodeDecodeError:
        raise Refused(f"{name} is not in UTF-8. Save it as text or CSV in UTF-8.") from None


def _columns(header: str, delimiter: str) -> list[str]:
    return [cell.strip(' "').lower() for cell in header.split(delimiter)]


def _csv(lines: list[str], first: int, delimiter: str) -> Iterator[Row]:
    rows = csv.DictReader(lines[first - 1 :], delimiter=delimiter, skipinitialspace=True)
    for row in rows:
        line = first - 1 + rows.line_num
        cells = {
            (key or "").strip().lower(): (value or "").strip()
            for key, value in row.items()
            if isinstance(value, str)
        }
        if not any(cells.values()):
            continue  # what a spreadsheet writes for an empty row
        wanted = cells.get("delivery", "").lower()
        if wanted and wanted not in list(DeliveryMode):
            raise Refused(f"Line {line}: delivery takes one of: {', '.join(DeliveryMode)}.")
        mode = DeliveryMode(wanted) if wanted else None
        yield Row(line, cells.get("email", ""), cells.get("handle", ""), mode)
