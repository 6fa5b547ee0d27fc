"""A member can sign out wherever they are signed in"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("members", sa.Column("signed_out_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("members", "signed_out_at")
