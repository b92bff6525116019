"""When anything about a file last changed; what people said bears no stamp of secrecy."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('files', sa.Column('ctime_ns', sa.BigInteger(), server_default='0', nullable=False))
    op.create_table(
        'unsealed',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('sha256', sa.String(64), nullable=False),
        sa.Column('path', sa.Text(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('author', sa.Text(), nullable=False),
        sa.Column('made_at', sa.String(40), nullable=False),
        sa.Column('ended_at', sa.String(40)),
        sa.Column('ended_by', sa.Text(), server_default='', nullable=False),
    )
    op.create_index('ix_unsealed_sha256', 'unsealed', ['sha256'], unique=False)


def downgrade() -> None:
    raise NotImplementedError("A catalogue is never taken back: restore a backup instead.")
