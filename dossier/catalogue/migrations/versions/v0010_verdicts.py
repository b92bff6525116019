"""For how long each verdict holds, and a counter that moves whenever anything they hang on changes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Of a file, what a verdict can see; its time, inode and the like are the scanner's alone.
_FILE = ("path", "dossier", "size", "sha256", "format", "reason", "detail", "candidates", "notes",
         "signatures", "altered_at")  # fmt: skip
_WHOLE = ("dossiers", "documents", "decisions", "departed", "waivers", "baseline")
_MOVE = "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'revision'"


def upgrade() -> None:
    op.create_table(
        'verdicts',
        sa.Column('dossier', sa.Text(), primary_key=True),
        sa.Column('first_day', sa.String(10), nullable=False),
        sa.Column('last_day', sa.String(10), nullable=False),
    )
    op.execute("INSERT INTO meta (key, value) VALUES ('revision', '1')")
    if op.get_bind().dialect.name != "sqlite":  # 0012 takes them out again
        return
    for table in ("files", *_WHOLE):
        for event in ("INSERT", "DELETE"):
            op.execute(f"CREATE TRIGGER {table}_{event.lower()} AFTER {event} ON {table} BEGIN {_MOVE}; END")
    for table in _WHOLE:
        op.execute(f"CREATE TRIGGER {table}_update AFTER UPDATE ON {table} BEGIN {_MOVE}; END")
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in _FILE)
    op.execute(f"CREATE TRIGGER files_update AFTER UPDATE ON files WHEN {changed} BEGIN {_MOVE}; END")


def downgrade() -> None:
    raise NotImplementedError("A catalogue is never taken back: restore a backup instead.")
