"""Facts of dossiers and duties of the unit as people say they are."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'told',
        sa.Column('id', sa.Integer(), primary_key=True),
        sa.Column('dossier', sa.Text(), nullable=False, index=True),
        sa.Column('key', sa.String(40), nullable=False),
        sa.Column('value', sa.Text(), nullable=False),
        sa.Column('author', sa.Text(), nullable=False),
        sa.Column('made_at', sa.String(40), nullable=False),
        sa.Column('ended_at', sa.String(40)),
        sa.Column('ended_by', sa.Text(), nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("A catalogue is never taken back: restore a backup instead.")
