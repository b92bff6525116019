"""Files outside the dossiers are catalogued; of those ignored a list is kept in ``meta``."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM meta WHERE key = 'outside'")


def downgrade() -> None:
    raise NotImplementedError("A catalogue is never taken back: restore a backup instead.")
