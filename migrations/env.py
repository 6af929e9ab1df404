"""Alembic runs this; the connection comes from bot.adapters.store.migrating."""

from alembic import context

from bot.adapters.store.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
