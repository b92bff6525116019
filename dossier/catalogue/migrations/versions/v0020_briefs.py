"""How every dossier stands and which documents are in doubt, each as of a revision of the dossier and a day."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "revisions",
        sa.Column("dossier", sa.Text(), primary_key=True),
        sa.Column("mark", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "briefs",
        sa.Column("dossier", sa.Text(), primary_key=True),
        sa.Column("language", sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("revision", "rules", "around", "day")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "name", "unit")),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("worst", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("errors", "warnings", "overdue")),
        sa.Column("due", sa.Text()),
        sa.Column("missing", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("documents", "needs_review", "sealed", "files", "unread")
        ),
        sa.Column("doubts", sa.Integer()),
        sa.Column("rest", sa.Text(), nullable=False),
    )
    op.create_table(
        "doubts",
        sa.Column("dossier", sa.Text(), primary_key=True),
        sa.Column("language", sa.Text(), primary_key=True),
        sa.Column("path", sa.Text(), primary_key=True),
        sa.Column("ordinal", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("sha256", sa.Text(), nullable=False, index=True),
        sa.Column("stake", sa.Float(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("A catalogue is never taken back: restore a backup instead.")
