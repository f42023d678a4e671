"""How Alembic meets our records: on the connection and in the transaction that schema.py opened."""

from alembic import context

from data.records.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
