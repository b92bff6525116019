"""Alembic's entry: migrations run on the connection that the catalogue hands over."""

from alembic import context

from dossier.catalogue.tables import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
