"""The request-scoped session of the pages, over the same tables and the same engine as all else."""

from typing import Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine

from listserv.store.base import Base
from listserv.store.transaction import Transaction


class PagesDatabase(SQLAlchemy):
    """Flask-SQLAlchemy with our engine, so that SQLite is told the same promises everywhere.

    Pages read through it; what they change, they change through a use case.
    """

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> Engine:
        engine: Engine = app.config["QUIETLIST_ENGINE"]
        return engine.execution_options(writes=False)


db = PagesDatabase(model_class=Base)


def reading() -> Transaction:
    """This request's view of the database, for the queries in `listserv.store`."""
    return Transaction(db.session())
