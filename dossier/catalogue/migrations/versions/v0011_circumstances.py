"""Which documents are in doubt by themselves, and dossiers in which those are to be weighed again."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('documents', sa.Column('doubted', sa.Boolean(), nullable=False, server_default='0'))
    op.create_table('unweighed', sa.Column('dossier', sa.Text(), primary_key=True))


def downgrade() -> None:
    raise NotImplementedError("A catalogue is never taken back: restore a backup instead.")
