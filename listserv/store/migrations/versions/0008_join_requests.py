"""Moderators answer requests to join by mail"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "request_tokens",
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("list_id", _ID, nullable=False),
        sa.Column("newcomer_id", _ID, nullable=False),
        sa.Column("moderator_id", _ID, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["mailing_lists.id"], name=op.f("fk_request_tokens_list_id_mailing_lists")
        ),
        sa.ForeignKeyConstraint(
            ["newcomer_id"],
            ["subscriptions.id"],
            name=op.f("fk_request_tokens_newcomer_id_subscriptions"),
        ),
        sa.ForeignKeyConstraint(
            ["moderator_id"],
            ["subscriptions.id"],
            name=op.f("fk_request_tokens_moderator_id_subscriptions"),
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_request_tokens")),
    )
    for column in ("newcomer_id", "expires_at"):
        op.create_index(op.f(f"ix_request_tokens_{column}"), "request_tokens", [column])


def downgrade() -> None:
    op.drop_table("request_tokens")
