"""The order of posts on a list, how far each member has read, and digests"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("mailing_lists", sa.Column("sequence", _ID, nullable=False, server_default="0"))
    # What went out before has no number: it went to nobody's digest, and never will.
    op.add_column("posts", sa.Column("sequence", _ID))
    op.create_index(op.f("ix_posts_list_id_sequence"), "posts", ["list_id", "sequence"])
    op.add_column(
        "subscriptions",
        sa.Column("digest_format", sa.String(length=16), nullable=False, server_default="reader"),
    )
    op.add_column(
        "subscriptions", sa.Column("digest_mark", _ID, nullable=False, server_default="0")
    )
    op.add_column("subscriptions", sa.Column("digest_upto", _ID))
    op.add_column("subscriptions", sa.Column("next_digest_at", _TIME))
    op.create_index(
        "ix_subscriptions_next_digest",
        "subscriptions",
        ["next_digest_at"],
        sqlite_where=sa.text("next_digest_at IS NOT NULL"),
        postgresql_where=sa.text("next_digest_at IS NOT NULL"),
    )
    # Who asked for a digest gets what comes from now on; the first sweep sets the right hour.
    op.execute(
        "UPDATE subscriptions SET next_digest_at = CURRENT_TIMESTAMP "
        "WHERE state = 'active' AND delivery IN ('daily', 'weekly')"
    )
    _make_digests()
    _make_deliveries()


def _make_digests() -> None:
    op.create_table(
        "digests",
        sa.Column("id", _ID, nullable=False),
        sa.Column("list_id", _ID, nullable=False),
        sa.Column("after", _ID, nullable=False),
        sa.Column("upto", _ID, nullable=False),
        sa.Column("format", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("volume", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["mailing_lists.id"], name=op.f("fk_digests_list_id_mailing_lists")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint(
            "list_id",
            "upto",
            "after",
            "format",
            "language",
            name=op.f("uq_digests_list_id_upto_after_format_language"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_digests_list_id_volume_number"), "digests", ["list_id", "volume", "number"]
    )
    op.create_index(op.f("ix_digests_made_at"), "digests", ["made_at"])


def _make_deliveries() -> None:
    op.create_table(
        "digest_deliveries",
        sa.Column("id", _ID, nullable=False),
        sa.Column("list_id", _ID, nullable=False),
        sa.Column("digest_id", _ID, nullable=False),
        sa.Column("subscription_id", _ID, nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("strikes", sa.Integer(), nullable=False),
        sa.Column("queued_at", _TIME, nullable=False),
        sa.Column("attempt_at", _TIME),
        sa.Column("lease", sa.String(length=64)),
        sa.Column("lease_until", _TIME),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"],
            ["mailing_lists.id"],
            name=op.f("fk_digest_deliveries_list_id_mailing_lists"),
        ),
        sa.ForeignKeyConstraint(
            ["digest_id"],
            ["digests.id"],
            name=op.f("fk_digest_deliveries_digest_id_digests"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["subscription_id"],
            ["subscriptions.id"],
            name=op.f("fk_digest_deliveries_subscription_id_subscriptions"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_deliveries")),
        sa.UniqueConstraint(
            "digest_id",
            "subscription_id",
            name=op.f("uq_digest_deliveries_digest_id_subscription_id"),
        ),
        sqlite_autoincrement=True,
    )
    for name, columns, where in (
        ("due", ["list_id", "attempt_at", "id"], "attempt_at IS NOT NULL"),
        ("lease", ["lease"], "lease IS NOT NULL"),
        ("backlog", ["list_id", "state", "queued_at"], "state <> 'sent'"),
    ):
        op.create_index(
            f"ix_digest_deliveries_{name}",
            "digest_deliveries",
            columns,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )


def downgrade() -> None:
    op.drop_table("digest_deliveries")
    op.drop_table("digests")
    op.drop_index("ix_subscriptions_next_digest", "subscriptions")
    for name in ("next_digest_at", "digest_upto", "digest_mark", "digest_format"):
        op.drop_column("subscriptions", name)
    op.drop_index(op.f("ix_posts_list_id_sequence"), "posts")
    op.drop_column("posts", "sequence")
    op.drop_column("mailing_lists", "sequence")
