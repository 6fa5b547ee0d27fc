"""Numbers that a reader's address bar holds: pages and ids, within what a database can count."""

from typing import Any

from flask import Flask, request
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**63 - 1
MOST_PAGES = 100_000


class RowNumber(IntegerConverter):
    """An id in a path; one that no row can have is a page that is not there."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:  # werkzeug's name
        super().__init__(map, *args, **{"max": LARGEST, **options})


def number(app: Flask) -> None:
    """Lets `<int:…>` in every path be such a number."""
    app.url_map.converters["int"] = RowNumber


def asked_page() -> int:
    """Which page of many the reader asks for, from 1."""
    return min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES)


def asked_id(name: str) -> int | None:
    """An id that stands behind the question mark; None for none, or for what cannot be one."""
    found = request.args.get(name, None, type=int)
    return found if found is not None and 0 <= found <= LARGEST else None
