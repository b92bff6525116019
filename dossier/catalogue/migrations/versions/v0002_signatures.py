"""Digital signatures of files; what was catalogued before knows of none until it is read again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('files', sa.Column('signatures', sa.Text(), nullable=False, server_default='[]'))


def downgrade() -> None:
    raise NotImplementedError("A catalogue is never taken back: restore a backup instead.")
