"""What was built of a digest is kept, sealed, while it goes out"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "built_digests",
        sa.Column("id", _ID, autoincrement=False, nullable=False),
        sa.Column("made_from", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed_content", sa.LargeBinary(), nullable=False),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["id"], ["digests.id"], name=op.f("fk_built_digests_id_digests"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_built_digests")),
    )


def downgrade() -> None:
    op.drop_table("built_digests")
