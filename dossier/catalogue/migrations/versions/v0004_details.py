"""What else a document's header says; known once it is read again."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('documents', sa.Column('details', sa.Text(), nullable=False, server_default='{}'))


def downgrade() -> None:
    raise NotImplementedError("A catalogue is never taken back: restore a backup instead.")
