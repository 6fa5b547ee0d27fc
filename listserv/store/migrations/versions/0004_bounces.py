"""Bounces by subscription and day; how many copies went out, and what is not done"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "bounces",
        sa.Column("subscription_id", _ID, autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("list_id", _ID, nullable=False),
        sa.Column("hard", sa.Integer(), nullable=False),
        sa.Column("soft", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["mailing_lists.id"], name=op.f("fk_bounces_list_id_mailing_lists")
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscriptions.id"],
            name=op.f("fk_bounces_subscription_id_subscriptions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("subscription_id", "day", name=op.f("pk_bounces")),
    )
    op.create_index(op.f("ix_bounces_day_list_id"), "bounces", ["day", "list_id"])
    op.create_table(
        "sent_counts",
        sa.Column("list_id", _ID, autoincrement=False, nullable=False),
        sa.Column("slot", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("copies", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["mailing_lists.id"], name=op.f("fk_sent_counts_list_id_mailing_lists")
        ),
        sa.PrimaryKeyConstraint("list_id", "slot", name=op.f("pk_sent_counts")),
    )
    op.execute(
        "INSERT INTO sent_counts (list_id, slot, copies) "
        "SELECT list_id, 0, count(*) FROM deliveries WHERE state = 'sent' GROUP BY list_id"
    )
    op.drop_index("ix_deliveries_state", "deliveries")
    op.create_index(
        "ix_deliveries_backlog",
        "deliveries",
        ["list_id", "state", "queued_at"],
        sqlite_where=sa.text("state <> 'sent'"),
        postgresql_where=sa.text("state <> 'sent'"),
    )


def downgrade() -> None:
    op.drop_index("ix_deliveries_backlog", "deliveries")
    op.create_index("ix_deliveries_state", "deliveries", ["state"])
    op.drop_table("sent_counts")
    op.drop_table("bounces")
