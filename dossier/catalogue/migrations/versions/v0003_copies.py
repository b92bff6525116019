"""What kind of copy a document is; known once it is read again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('documents', sa.Column('copy', sa.String(length=16), nullable=False, server_default=''))


def downgrade() -> None:
    raise NotImplementedError("A catalogue is never taken back: restore a backup instead.")
