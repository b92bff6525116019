"""Results kept night by night, and the baseline of an old archive."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "nights",
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("standing", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "baseline",
        sa.Column("dossier", sa.Text(), primary_key=True),
        sa.Column("finding", sa.Text(), primary_key=True),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(40), nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("A catalogue is never taken back: restore a backup instead.")
