"""Alembic's environment: runs the revisions of one schema on the connection it is given."""

from alembic import context

from guanxi.db.migrations.schema_kinds import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    version_table=VERSION_TABLE,
    version_table_schema=context.config.attributes["schema"],
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
