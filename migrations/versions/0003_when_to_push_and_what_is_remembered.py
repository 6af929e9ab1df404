"""When to push and what is remembered."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

INDEXED = (("delivery", "address_id"), ("attempt", "account_id"), ("conversation", "delivery_id"))


def upgrade() -> None:
    with op.batch_alter_table("learner") as batch_op:
        batch_op.add_column(sa.Column("retention", sa.Float(), nullable=False, server_default="0.9"))
        batch_op.add_column(sa.Column("exam", sa.Date(), nullable=True))
    with op.batch_alter_table("subscription") as batch_op:
        batch_op.add_column(sa.Column("unanswered", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("missed", sa.Integer(), nullable=False, server_default="0"))
        batch_op.drop_index("ix_subscription_paused_next_at")
        batch_op.create_index(batch_op.f("ix_subscription_address_id"), ["address_id"], unique=False)
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.add_column(sa.Column("platform", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("due_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("is_repeat", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.drop_index("ix_delivery_state_id")
    with op.batch_alter_table("card") as batch_op:
        batch_op.add_column(sa.Column("is_retired", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("receipt") as batch_op:
        batch_op.add_column(sa.Column("learner_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_receipt_learner_id"), ["learner_id"], unique=False)
    with op.batch_alter_table("notice") as batch_op:
        batch_op.add_column(sa.Column("learner_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_notice_learner_id"), ["learner_id"], unique=False)
    with op.batch_alter_table("conversation") as batch_op:
        batch_op.add_column(sa.Column("session", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "due",
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("owner_kind", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("address_id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("schedule", sa.Text(), nullable=False),
        sa.Column("unanswered", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("next_at", "subscription_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "lookup",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("concept_id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"]),
        sa.PrimaryKeyConstraint("learner_id", "concept_id"),
    )
    op.create_table(
        "excused",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["learner.id"]),
        sa.PrimaryKeyConstraint("learner_id", "day"),
    )
    op.create_table(
        "forgotten",
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key_hash"),
    )
    op.create_table(
        "secret",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    for table, column in INDEXED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.create_index(batch_op.f(f"ix_{table}_{column}"), [column], unique=False)
    op.execute("UPDATE delivery SET due_at = created_at")
    op.execute(
        "UPDATE delivery SET platform = (SELECT address.platform FROM address WHERE address.id = delivery.address_id)"
    )
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.alter_column("due_at", existing_type=sa.DateTime(), nullable=False)
        batch_op.create_index("ix_delivery_waiting", ["state", "platform", "due_at", "id"], unique=False)
    op.execute(
        "INSERT INTO due (next_at, subscription_id, owner_kind, owner_id, address_id, platform, schedule, unanswered) "
        "SELECT s.next_at, s.id, s.owner_kind, s.owner_id, s.address_id, a.platform, s.schedule, 0 "
        "FROM subscription s JOIN address a ON a.id = s.address_id WHERE s.paused = ''"
    )


def downgrade() -> None:
    for table, column in INDEXED:
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_index(batch_op.f(f"ix_{table}_{column}"))
    for table in ("secret", "forgotten", "excused", "lookup", "due"):
        op.drop_table(table)
    with op.batch_alter_table("conversation") as batch_op:
        batch_op.drop_column("session")
    with op.batch_alter_table("notice") as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_learner_id"))
        batch_op.drop_column("learner_id")
    with op.batch_alter_table("receipt") as batch_op:
        batch_op.drop_index(batch_op.f("ix_receipt_learner_id"))
        batch_op.drop_column("learner_id")
    with op.batch_alter_table("card") as batch_op:
        batch_op.drop_column("is_retired")
    with op.batch_alter_table("delivery") as batch_op:
        batch_op.drop_index("ix_delivery_waiting")
        batch_op.create_index("ix_delivery_state_id", ["state", "id"], unique=False)
        for column in ("is_repeat", "due_at", "platform"):
            batch_op.drop_column(column)
    with op.batch_alter_table("subscription") as batch_op:
        batch_op.drop_index(batch_op.f("ix_subscription_address_id"))
        batch_op.create_index("ix_subscription_paused_next_at", ["paused", "next_at"], unique=False)
        for column in ("missed", "unanswered"):
            batch_op.drop_column(column)
    with op.batch_alter_table("learner") as batch_op:
        for column in ("exam", "retention"):
            batch_op.drop_column(column)
