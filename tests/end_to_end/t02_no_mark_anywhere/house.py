"""A machine whose temporary files can be searched, and on which one mail in the group fails."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.end_to_end.t02_no_mark_anywhere import person
from tests.stack import Stack, machine_folder

# The word at which the parser of HTML fails, with all that it knows in its error.
FAILING = "zerbrechlich-zq"

_FAULT = f"""
import nh3

_Cleaner = nh3.Cleaner


class Cleaner:
    def __init__(self, **options):
        self._cleaner = _Cleaner(**options)

    def clean(self, html):
        if {FAILING!r} in html:
            raise ValueError({(person.GIVEN, person.FAMILY, person.ADDRESS)!r}, html)
        return self._cleaner.clean(html)


nh3.Cleaner = Cleaner
"""


@dataclass
class House(Stack):
    """TMPDIR lies in its folder, and every Python on it runs `_FAULT` first."""

    @property
    def environment(self) -> dict[str, str]:
        return {
            **super().environment,
            "TMPDIR": str(self.folder / "tmp"),
            "PYTHONPATH": str(self.folder / "fault"),
        }

    @contextmanager
    def without(self, table: str) -> Iterator[None]:
        """The database fails for whoever needs that table."""
        self._rename(table, f"{table}_away")
        try:
            yield
        finally:
            self._rename(f"{table}_away", table)

    def _rename(self, table: str, to: str) -> None:
        with closing(sqlite3.connect(self.data / "quietlist.db", timeout=20)) as base:
            base.execute(f'ALTER TABLE "{table}" RENAME TO "{to}"')
            base.commit()


@contextmanager
def house(**settings: str) -> Iterator[House]:
    """Ready for `up`. Whatever runs on it ends with the block."""
    with machine_folder() as folder:
        (folder / "tmp").mkdir()
        (folder / "fault").mkdir()
        Path(folder / "fault" / "sitecustomize.py").write_text(_FAULT)
        made = House(folder, settings)
        try:
            yield made
        finally:
            made.end()
