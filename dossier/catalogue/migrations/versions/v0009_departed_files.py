"""A small record of files that are there no more, or not with the content that was catalogued."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'departed',
        sa.Column('path', sa.Text(), primary_key=True),
        sa.Column('dossier', sa.Text(), nullable=False),
        sa.Column('sha256', sa.String(64), nullable=False),
        sa.Column('size', sa.BigInteger(), nullable=False),
        sa.Column('number_symbol', sa.Text(), nullable=False),
        sa.Column('date', sa.String(10)),
        sa.Column('part', sa.String(8), nullable=False),
        sa.Column('seen_at', sa.String(40)),
        sa.Column('noticed_at', sa.String(40), nullable=False),
        sa.Column('replaced', sa.Boolean(), nullable=False),
    )
    op.create_index('ix_departed_dossier', 'departed', ['dossier'])
    op.create_index('ix_departed_sha256', 'departed', ['sha256'])


def downgrade() -> None:
    raise NotImplementedError("A catalogue is never taken back: restore a backup instead.")
