"""Decisions know the pages they are about, and stay visible when they have ended."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.rename_table('decisions', 'decisions_before')
    op.create_table('decisions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('first_page', sa.Integer(), nullable=True),
    sa.Column('last_page', sa.Integer(), nullable=True),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('placements', sa.Text(), nullable=False),
    sa.Column('author', sa.Text(), nullable=False),
    sa.Column('made_at', sa.String(length=40), nullable=False),
    sa.Column('ended_at', sa.String(length=40), nullable=True),
    sa.Column('ended_by', sa.Text(), nullable=False),
    sa.Column('astray', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_decisions_sha256'), 'decisions', ['sha256'], unique=False)
    # The pages are those the document has now: nothing was read again since it was decided, or it was
    # and the ordinal has been relied on until today.
    op.execute("""
    INSERT INTO decisions (sha256, ordinal, first_page, last_page, path, placements, author, made_at,
                           ended_by, astray)
    SELECT d.sha256, d.ordinal, min(x.first_page), min(x.last_page), coalesce(min(x.path), ''),
           d.placements, d.author, d.made_at, '', false
    FROM decisions_before d LEFT JOIN (
        SELECT f.sha256, f.path, o.ordinal, o.first_page, o.last_page
        FROM files f JOIN documents o ON o.file_id = f.id
    ) x ON x.sha256 = d.sha256 AND x.ordinal = d.ordinal
    GROUP BY d.sha256, d.ordinal, d.placements, d.author, d.made_at
    """)
    op.drop_table('decisions_before')


def downgrade() -> None:
    raise NotImplementedError("A catalogue is never taken back: restore a backup instead.")
