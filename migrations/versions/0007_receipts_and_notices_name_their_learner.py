"""Receipts and notices name their learner by a foreign key."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = ("receipt", "notice")


def upgrade() -> None:
    for table in TABLES:
        named = sa.table(table, sa.column("learner_id"))
        learner = sa.table("learner", sa.column("id"))
        # Whoever these were for is gone; nothing of theirs was to stay.
        op.execute(sa.delete(named).where(named.c.learner_id.not_in(sa.select(learner.c.id))))
        with op.batch_alter_table(table) as batch_op:
            batch_op.create_foreign_key(f"fk_{table}_learner", "learner", ["learner_id"], ["id"])


def downgrade() -> None:
    for table in TABLES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_constraint(f"fk_{table}_learner", type_="foreignkey")
