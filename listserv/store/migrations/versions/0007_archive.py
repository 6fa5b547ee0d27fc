"""Posts of before there were numbers get some below one, so that members can read them again"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# Numbers below one are in nobody's digest: each begins above a mark of 0 or more.
_NUMBER = """
UPDATE posts SET sequence = numbered.place
FROM (
    SELECT id, 1 - row_number() OVER (PARTITION BY list_id ORDER BY id DESC) AS place
    FROM posts
    WHERE sequence IS NULL AND state = 'accepted' AND fanned_out_at IS NOT NULL
) AS numbered
WHERE posts.id = numbered.id
"""


def upgrade() -> None:
    op.execute(sa.text(_NUMBER))
    op.create_index(
        op.f("ix_posts_list_id_thread_sequence"), "posts", ["list_id", "thread", "sequence"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_posts_list_id_thread_sequence"), "posts")
    op.execute(sa.text("UPDATE posts SET sequence = NULL WHERE sequence < 1"))
