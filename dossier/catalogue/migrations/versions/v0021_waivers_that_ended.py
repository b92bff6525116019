"""A waiver that was taken back or replaced stays known, so that the one before can hold again."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("waivers", sa.Column("ended_at", sa.Text()))
    op.add_column("waivers", sa.Column("ended_by", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    raise NotImplementedError("A catalogue is never taken back: restore a backup instead.")
