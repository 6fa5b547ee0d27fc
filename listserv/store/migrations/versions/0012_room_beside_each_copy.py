"""Claims find room beside the rows that they change, and no index that they would have to"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TABLES = ("deliveries", "digest_deliveries")


def upgrade() -> None:
    for table in _TABLES:
        op.drop_index(f"ix_{table}_lease", table)
        _on_postgresql(f"ALTER TABLE {table} SET (fillfactor = 40)")


def downgrade() -> None:
    where = sa.text("lease IS NOT NULL")
    for table in _TABLES:
        _on_postgresql(f"ALTER TABLE {table} RESET (fillfactor)")
        op.create_index(
            f"ix_{table}_lease", table, ["lease"], sqlite_where=where, postgresql_where=where
        )


def _on_postgresql(statement: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(statement)
