"""When each file's bytes were last compared with its hash, and which were found altered."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('files', sa.Column('verified_at', sa.String(length=40)))
    op.add_column('files', sa.Column('altered_at', sa.String(length=40)))
    op.add_column('files', sa.Column('altered_from', sa.String(length=64)))


def downgrade() -> None:
    raise NotImplementedError("A catalogue is never taken back: restore a backup instead.")
