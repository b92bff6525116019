"""People's word on folders of an archive as found: dossiers, or none."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'adoptions',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('path', sa.Text(), nullable=False),
        sa.Column('kind', sa.String(64), nullable=False),
        sa.Column('name', sa.Text(), nullable=False),
        sa.Column('author', sa.Text(), nullable=False),
        sa.Column('made_at', sa.String(40), nullable=False),
        sa.Column('ended_at', sa.String(40)),
        sa.Column('ended_by', sa.Text(), nullable=False),
    )
    op.create_index('ix_adoptions_path', 'adoptions', ['path'])


def downgrade() -> None:
    raise NotImplementedError("A catalogue is never taken back: restore a backup instead.")
