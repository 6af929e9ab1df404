"""Live quizzes of study groups."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "live",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("window_s", sa.Integer(), nullable=False),
        sa.Column("topics", sa.String(), nullable=False),
        sa.Column("lowest", sa.Integer(), nullable=False),
        sa.Column("highest", sa.Integer(), nullable=False),
        sa.Column("has_short", sa.Boolean(), nullable=False),
        sa.Column("begun_by", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=True),
        sa.Column("idle", sa.Integer(), nullable=False),
        sa.Column("wakes_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["study_group.id"]),
        sa.ForeignKeyConstraint(["begun_by"], ["learner.id"]),
        sa.PrimaryKeyConstraint("group_id"),
    )
    op.create_index(op.f("ix_live_begun_by"), "live", ["begun_by"], unique=False)
    op.create_index(op.f("ix_live_wakes_at"), "live", ["wakes_at"], unique=False)


def downgrade() -> None:
    op.drop_table("live")
