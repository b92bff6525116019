"""What people say that heads of documents read."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'corrections',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('sha256', sa.String(64), nullable=False),
        sa.Column('ordinal', sa.Integer(), nullable=False),
        sa.Column('first_page', sa.Integer()),
        sa.Column('last_page', sa.Integer()),
        sa.Column('path', sa.Text(), nullable=False),
        sa.Column('fields', sa.Text(), nullable=False),
        sa.Column('author', sa.Text(), nullable=False),
        sa.Column('made_at', sa.String(40), nullable=False),
        sa.Column('ended_at', sa.String(40)),
        sa.Column('ended_by', sa.Text(), nullable=False),
        sa.Column('astray', sa.Boolean(), nullable=False),
    )
    op.create_index('ix_corrections_sha256', 'corrections', ['sha256'])


def downgrade() -> None:
    raise NotImplementedError("A catalogue is never taken back: restore a backup instead.")
