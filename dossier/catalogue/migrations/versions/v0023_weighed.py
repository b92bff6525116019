"""Placements by a document's surroundings are told from those by its own text. Of older ones this is not known:
they are computed again when their dossier is weighed next."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("documents", sa.Column("weighed", sa.Boolean(), nullable=False, server_default="1"))


def downgrade() -> None:
    raise NotImplementedError("A catalogue is never taken back: restore a backup instead.")
