"""Issues of digests are numbered by the posts of a list"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for column in (
        sa.Column("volume", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("issue", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("issue_after", _ID, nullable=False, server_default="0"),
        sa.Column("issue_ends", sa.DateTime(timezone=True)),
    ):
        op.add_column("mailing_lists", column)
    op.drop_index(op.f("ix_digests_list_id_volume_number"), "digests")
