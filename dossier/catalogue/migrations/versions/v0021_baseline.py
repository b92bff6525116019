"""The catalogue of the first release, from recorded SQL.

On a server this is never run: new tables are made there from :mod:`dossier.catalogue.tables`.
"""

from alembic import op

from dossier.catalogue.sqlite.copies import recorded

revision = "0021"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in recorded(revision):
        op.execute(statement)
