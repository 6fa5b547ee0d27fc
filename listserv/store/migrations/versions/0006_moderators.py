"""What moderators decide and keep, and a log that shows when it was changed"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)
_NO = sa.false()

_SQLITE_REFUSES = """
CREATE TRIGGER audit_log_keeps_{event} BEFORE {event} ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END
"""
_POSTGRESQL_REFUSES = """
CREATE FUNCTION audit_log_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is only added to'; END $$
"""


def upgrade() -> None:
    for column in (
        sa.Column("moderated", sa.Boolean(), nullable=False, server_default=_NO),
        sa.Column("trusted", sa.Boolean(), nullable=False, server_default=_NO),
        sa.Column("muted_until", _TIME),
    ):
        op.add_column("subscriptions", column)
    _change_held_posts()
    _make_moderation()
    _make_people()
    _chain_the_audit_log()


def _change_held_posts() -> None:
    for column in (
        sa.Column("detail", sa.Text(), nullable=False, server_default=""),
        sa.Column("traits", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("asked", sa.Boolean(), nullable=False, server_default=_NO),
        sa.Column("told", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("told_at", _TIME),
    ):
        op.add_column("held_posts", column)
    with op.batch_alter_table("held_posts") as batch_op:
        batch_op.drop_column("words")
    op.create_index(op.f("ix_held_posts_told_told_at"), "held_posts", ["told", "told_at"])


def _make_moderation() -> None:
    op.create_table(
        "rulings",
        sa.Column("id", _ID, nullable=False),
        sa.Column("list_id", _ID, nullable=False),
        sa.Column("post_id", _ID, nullable=False),
        sa.Column("author_id", _ID),
        sa.Column("moderator_id", _ID),
        sa.Column("ruling", sa.String(16), nullable=False),
        sa.Column("decided_at", _TIME, nullable=False),
        _to("rulings", "list_id", "mailing_lists"),
        _to("rulings", "author_id", "subscriptions"),
        _to("rulings", "moderator_id", "subscriptions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulings")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_rulings_author_id_id"), "rulings", ["author_id", "id"])
    op.create_index(op.f("ix_rulings_post_id"), "rulings", ["post_id"])
    op.create_table(
        "held_tokens",
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("list_id", _ID, nullable=False),
        sa.Column("post_id", _ID, nullable=False),
        sa.Column("subscription_id", _ID, nullable=False),
        sa.Column("expires_at", _TIME, nullable=False),
        _to("held_tokens", "list_id", "mailing_lists"),
        _to("held_tokens", "subscription_id", "subscriptions"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_held_tokens")),
    )
    op.create_index(op.f("ix_held_tokens_expires_at"), "held_tokens", ["expires_at"])
    op.create_table(
        "moderation_rounds",
        sa.Column("list_id", _ID, nullable=False),
        sa.Column("told_at", _TIME, nullable=False),
        _to("moderation_rounds", "list_id", "mailing_lists"),
        sa.PrimaryKeyConstraint("list_id", name=op.f("pk_moderation_rounds")),
    )
    op.create_table(
        "closed_threads",
        sa.Column("list_id", _ID, nullable=False),
        sa.Column("thread", sa.String(320), nullable=False),
        sa.Column("closed_at", _TIME, nullable=False),
        _to("closed_threads", "list_id", "mailing_lists"),
        sa.PrimaryKeyConstraint("list_id", "thread", name=op.f("pk_closed_threads")),
    )


def _make_people() -> None:
    op.create_table(
        "bans",
        sa.Column("list_id", _ID, nullable=False),
        sa.Column("lookup", sa.LargeBinary(32), nullable=False),
        sa.Column("lookup_key", sa.String(16), nullable=False),
        sa.Column("subscription_id", _ID),
        sa.Column("created_at", _TIME, nullable=False),
        _to("bans", "list_id", "mailing_lists"),
        _to("bans", "subscription_id", "subscriptions"),
        sa.PrimaryKeyConstraint("list_id", "lookup", name=op.f("pk_bans")),
    )
    op.create_table(
        "member_notes",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subscription_id", _ID, nullable=False),
        sa.Column("moderator_id", _ID),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        _to("member_notes", "subscription_id", "subscriptions"),
        _to("member_notes", "moderator_id", "subscriptions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_member_notes")),
    )
    op.create_index(op.f("ix_member_notes_subscription_id"), "member_notes", ["subscription_id"])
    op.create_table(
        "owner_letters",
        sa.Column("id", sa.String(26), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("list_id", _ID, nullable=False),
        sa.Column("side", sa.String(16), nullable=False),
        sa.Column("sealed_address", sa.LargeBinary(), nullable=False),
        sa.Column("handle", sa.String(80), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(32)),
        sa.Column("expires_at", _TIME, nullable=False),
        _to("owner_letters", "list_id", "mailing_lists"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner_letters")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_owner_letters_token_hash")),
    )
    op.create_index(op.f("ix_owner_letters_expires_at"), "owner_letters", ["expires_at"])
    op.create_index(
        op.f("ix_owner_letters_list_id_fingerprint"), "owner_letters", ["list_id", "fingerprint"]
    )


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def _chain_the_audit_log() -> None:
    op.add_column("audit_log", sa.Column("post_id", _ID))
    op.add_column("audit_log", sa.Column("hash", sa.LargeBinary(32)))
    log = sa.table(
        "audit_log",
        sa.column("id", _ID),
        sa.column("at", _TIME),
        *(sa.column(name) for name in ("actor", "action", "list_id", "subscription_id", "reason")),
        sa.column("hash", sa.LargeBinary(32)),
    )
    connection = op.get_bind()
    last = bytes(32)
    for row in connection.execute(sa.select(log).order_by(log.c.id)).mappings().all():
        last = sha256(last + _line(row)).digest()
        connection.execute(sa.update(log).where(log.c.id == row["id"]).values(hash=last))
    with op.batch_alter_table("audit_log") as batch_op:
        batch_op.alter_column("hash", existing_type=sa.LargeBinary(32), nullable=False)
    if connection.dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(_SQLITE_REFUSES.format(event=event))
    else:
        op.execute(_POSTGRESQL_REFUSES)
        op.execute(
            "CREATE TRIGGER audit_log_keeps BEFORE UPDATE OR DELETE ON audit_log "
            "FOR EACH ROW EXECUTE FUNCTION audit_log_refuse()"
        )


def _line(row: sa.RowMapping) -> bytes:
    """As `listserv.domain.audit` wrote a line when this migration was made."""
    at: datetime = row["at"]
    whole = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    names = ("actor", "action", "list_id", "subscription_id")
    values = [row["id"], whole.isoformat(), *(row[name] for name in names), None, row["reason"]]
    return json.dumps(values, ensure_ascii=True).encode()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(f"DROP TRIGGER audit_log_keeps_{event}")
    else:
        op.execute("DROP TRIGGER audit_log_keeps ON audit_log")
        op.execute("DROP FUNCTION audit_log_refuse()")
    with op.batch_alter_table("audit_log") as batch_op:
        batch_op.drop_column("hash")
        batch_op.drop_column("post_id")
    for table in ("owner_letters", "member_notes", "bans", "closed_threads", "moderation_rounds"):
        op.drop_table(table)
    op.drop_table("held_tokens")
    op.drop_table("rulings")
    op.drop_index(op.f("ix_held_posts_told_told_at"), "held_posts")
    op.add_column("held_posts", sa.Column("words", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("held_posts") as batch_op:
        for name in ("told_at", "told", "asked", "traits", "detail"):
            batch_op.drop_column(name)
    with op.batch_alter_table("subscriptions") as batch_op:
        for name in ("muted_until", "trusted", "moderated"):
            batch_op.drop_column(name)
