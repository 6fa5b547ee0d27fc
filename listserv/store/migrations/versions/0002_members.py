"""What members choose, how they sign in, and what they asked for"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op


revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("members", _text("language", 5, "en"))
    op.add_column("members", _text("time_zone", 40, "UTC"))

    op.add_column("subscriptions", sa.Column("paused_until", sa.DateTime(timezone=True)))
    op.add_column(
        "subscriptions", sa.Column("digest_hour", sa.Integer(), nullable=False, server_default="8")
    )
    op.add_column("subscriptions", _no("receipts"))
    op.add_column("subscriptions", _no("one_time"))
    op.create_index(op.f("ix_subscriptions_paused_until"), "subscriptions", ["paused_until"])

    op.add_column("posts", _text("thread", 320, ""))
    op.add_column("posts", _no("one_time"))
    op.execute(_FIRST_OF_THREAD[op.get_bind().dialect.name])
    # Not in a batch: SQLite would make the table anew, and dropping the old one takes with it
    # what hangs on its rows (ON DELETE CASCADE).
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("posts", "thread", server_default=None)
    op.create_index(op.f("ix_posts_list_id_thread_id"), "posts", ["list_id", "thread", "id"])

    with op.batch_alter_table("confirmations") as batch_op:
        batch_op.alter_column("list_id", existing_type=sa.BigInteger(), nullable=True)
        batch_op.add_column(sa.Column("details", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(_text("language", 5, "en"))

    op.create_index(
        op.f("ix_confirmations_lookup_created_at"), "confirmations", ["lookup", "created_at"]
    )
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("lookup", sa.LargeBinary(length=32), nullable=False),
        sa.Column("member_id", sa.String(length=26), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["members.id"],
            name=op.f("fk_sign_ins_member_id_members"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_ins_token_hash")),
    )
    op.create_index(op.f("ix_sign_ins_expires_at"), "sign_ins", ["expires_at"])
    op.create_index(op.f("ix_sign_ins_lookup_created_at"), "sign_ins", ["lookup", "created_at"])
    op.create_table(
        "suppressions",
        sa.Column("lookup", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("lookup", name=op.f("pk_suppressions")),
    )
    op.create_table(
        "notice_texts",
        sa.Column("list_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("notice", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["mailing_lists.id"], name=op.f("fk_notice_texts_list_id_mailing_lists")
        ),
        sa.PrimaryKeyConstraint("list_id", "notice", "language", name=op.f("pk_notice_texts")),
    )


# The first reference is the first post of the thread; without any, the post itself is.
_FIRST_OF_THREAD = {
    "sqlite": """UPDATE posts SET thread = coalesce(json_extract("references", '$[0]'), message_id)""",
    "postgresql": """UPDATE posts SET thread = coalesce("references"->>0, message_id)""",
}


def _text(name: str, length: int, default: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False, server_default=default)


def _no(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def downgrade() -> None:
    for table in ("notice_texts", "suppressions", "sign_ins"):
        op.drop_table(table)
    op.drop_index(op.f("ix_confirmations_lookup_created_at"), "confirmations")
    op.execute("DELETE FROM confirmations WHERE list_id IS NULL")
    with op.batch_alter_table("confirmations") as batch_op:
        batch_op.drop_column("language")
        batch_op.drop_column("details")
        batch_op.alter_column("list_id", existing_type=sa.BigInteger(), nullable=False)
    op.drop_index(op.f("ix_posts_list_id_thread_id"), "posts")
    op.drop_column("posts", "one_time")
    op.drop_column("posts", "thread")
    op.drop_index(op.f("ix_subscriptions_paused_until"), "subscriptions")
    for name in ("one_time", "receipts", "digest_hour", "paused_until"):
        op.drop_column("subscriptions", name)
    for name in ("time_zone", "language"):
        op.drop_column("members", name)
