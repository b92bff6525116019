"""Every night judges every dossier: no counter of changes and no time for which a verdict holds is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_COUNTED = ("files", "dossiers", "documents", "decisions", "departed", "waivers", "baseline")


def upgrade() -> None:
    for table in _COUNTED if op.get_bind().dialect.name == "sqlite" else ():
        for event in ("insert", "delete", "update"):
            op.execute(sa.text(f"DROP TRIGGER IF EXISTS {table}_{event}"))
    op.drop_table('verdicts')
    op.execute("DELETE FROM meta WHERE key IN ('revision', 'verdict')")


def downgrade() -> None:
    raise NotImplementedError("A catalogue is never taken back: restore a backup instead.")
