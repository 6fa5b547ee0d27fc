"""What Alembic runs: the migrations, over the connection that `store.migrate` hands in."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from listserv.store import tables
from listserv.store.base import Base
from listserv.store.types import UtcDateTime


def _plain_types(kind: str, item: Any, _: AutogenContext) -> str | Literal[False]:
    # A migration says what a column is in the database, and so outlives our own classes.
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite changes a table by making it anew.
    render_as_batch=True,
    render_item=_plain_types,
    transaction_per_migration=True,
)
assert tables.__all__, "importing the tables fills the metadata"  # noqa: S101
with context.begin_transaction():
    context.run_migrations()
