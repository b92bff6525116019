"""The catalogue's tables (SQLAlchemy Core). Alembic's migrations in ``migrations/`` build them.

Dates are ISO text and instants are UTC ISO text, so that the same rows read alike in SQLite and
PostgreSQL. ``placements`` and other small lists are JSON text: they are read and written whole.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    insert,
)
from sqlalchemy.types import BigInteger

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String(64), primary_key=True), Column("value", Text))

dossiers = Table(
    "dossiers",
    metadata,
    Column("path", Text, primary_key=True),
    Column("raw_path", LargeBinary, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("manifest", Text, nullable=False),  # JSON object, declared keys only
    Column("problems", Text, nullable=False),  # JSON list of sentences
    Column("ignored", Text, nullable=False),  # JSON list of [path, why]
)

files = Table(
    "files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("raw_path", LargeBinary, nullable=False, unique=True),
    Column("path", Text, nullable=False, index=True),
    Column("dossier", Text, nullable=False, index=True),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("inode", Text, nullable=False),  # text: an inode may need 64 bits without sign
    Column("ctime_ns", BigInteger, nullable=False, server_default="0"),  # of anything about it; 0: not known
    Column("doubtful", Boolean, nullable=False),  # written so late that a change may hide: hash next time
    Column("reader", Integer, nullable=False),  # version of the reading chain that made this row
    Column("sha256", String(64), nullable=False, index=True),
    Column("format", String(16), nullable=False),
    Column("reason", String(16)),  # null: the file was read
    Column("detail", Text, nullable=False),
    Column("candidates", Text, nullable=False),  # JSON, for unread files
    Column("notes", Text, nullable=False),  # JSON list of sentences
    Column("lacks", Text, nullable=False),  # names of programs that would have read more
    Column("signatures", Text, nullable=False, server_default="[]"),  # JSON list of short lists
    Column("verified_at", String(40)),  # when its bytes were last seen to have this hash
    Column("altered_at", String(40)),  # when they were first seen not to, size and time being the same
    Column("altered_from", String(64)),  # the hash they had before
)

documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("file_id", Integer, ForeignKey("files.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("first_page", Integer, nullable=False),
    Column("last_page", Integer, nullable=False),
    Column("reading", String(8), nullable=False),
    Column("confidence", Float),
    Column("form", String(8), nullable=False),
    Column("type", String(64), nullable=False),
    Column("number_symbol", Text, nullable=False),
    Column("date", String(10)),
    Column("place", Text, nullable=False),
    Column("issuing_body", Text, nullable=False),
    Column("superior_body", Text, nullable=False),
    Column("abstract", Text, nullable=False),
    Column("signer", Text, nullable=False),
    Column("signer_rank", Text, nullable=False),
    Column("signer_title", Text, nullable=False),
    Column("draft", Boolean, nullable=False),
    Column("copy", String(16), nullable=False, server_default=""),
    Column("details", Text, nullable=False, server_default="{}"),  # JSON, what else the header says
    Column("inner_name", Text, nullable=False, server_default=""),  # of the file inside a container
    Column("security", String(16)),
    Column("review", Boolean, nullable=False),
    Column("placements", Text, nullable=False),
    Column("doubted", Boolean, nullable=False, server_default="0"),  # what surrounds it counts too
    UniqueConstraint("file_id", "ordinal"),
)

texts = Table(
    "texts",
    metadata,
    Column("document_id", Integer, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("text", LargeBinary, nullable=False),  # zlib over UTF-8
    Column("places", LargeBinary),  # where its words stand, packed by dossier.model.places
)

# What the full-text index still has to learn; emptied only after the index has committed.
outbox = Table(
    "outbox",
    metadata,
    Column("path", Text, primary_key=True),
)

# Dossiers in which something changed since their doubtful documents were last weighed against the rest.
unweighed = Table("unweighed", metadata, Column("dossier", Text, primary_key=True))

UNWEIGHED_INSERT = insert(unweighed).prefix_with("OR IGNORE", dialect="sqlite")

OUTBOX_INSERT = insert(outbox).prefix_with("OR IGNORE", dialect="sqlite")

# A row is in force until it has ``ended_at``; those that ended are the history.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("first_page", Integer),  # null: not known
    Column("last_page", Integer),
    Column("path", Text, nullable=False),  # where the file lay when it was decided
    Column("placements", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("made_at", String(40), nullable=False),
    Column("ended_at", String(40)),
    Column("ended_by", Text, nullable=False),
    Column("astray", Boolean, nullable=False),  # the file is split differently now
)

# What people say that heads of documents read; kept as decisions are.
corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("first_page", Integer),
    Column("last_page", Integer),
    Column("path", Text, nullable=False),
    Column("fields", Text, nullable=False),  # JSON object, fields of the header by name
    Column("author", Text, nullable=False),
    Column("made_at", String(40), nullable=False),
    Column("ended_at", String(40)),
    Column("ended_by", Text, nullable=False),
    Column("astray", Boolean, nullable=False),
)

# Files that vanished or whose content was replaced; no text is ever kept of them.
departed = Table(
    "departed",
    metadata,
    Column("path", Text, primary_key=True),
    Column("dossier", Text, nullable=False, index=True),
    Column("sha256", String(64), nullable=False, index=True),  # of the content that is missed
    Column("size", BigInteger, nullable=False),
    Column("number_symbol", Text, nullable=False),
    Column("date", String(10)),
    Column("part", String(8), nullable=False),
    Column("seen_at", String(40)),  # when it was last seen with that content
    Column("noticed_at", String(40), nullable=False),
    Column("replaced", Boolean, nullable=False),  # another content stands in its place
)

# What a person said bears no stamp of secrecy, by content; in force until ``ended_at``.
unsealed = Table(
    "unsealed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("path", Text, nullable=False),  # where the file lay
    Column("reason", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("made_at", String(40), nullable=False),
    Column("ended_at", String(40)),
    Column("ended_by", Text, nullable=False, server_default=""),
)

waivers = Table(
    "waivers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dossier", Text, nullable=False, index=True),
    Column("rule", String(8), nullable=False),
    Column("part", String(4), nullable=False),
    Column("reason", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("made_at", String(40), nullable=False),
    Column("until", String(10)),
)

# Facts and duties as a person says they are; never lost, only ended.
told = Table(
    "told",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dossier", Text, nullable=False, index=True),
    Column("key", String(40), nullable=False),
    Column("value", Text, nullable=False),  # JSON; {"day": "2024-03-05"} for a date
    Column("author", Text, nullable=False),
    Column("made_at", String(40), nullable=False),
    Column("ended_at", String(40)),
    Column("ended_by", Text, nullable=False),
)

# People's word on folders: dossiers of a kind, or (kind empty) none. In force until ``ended_at``.
adoptions = Table(
    "adoptions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("path", Text, nullable=False, index=True),
    Column("kind", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("made_at", String(40), nullable=False),
    Column("ended_at", String(40)),
    Column("ended_by", Text, nullable=False),
)

# One result per day, kept for comparison; never changed but by a later run of the same day.
nights = Table(
    "nights",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("summary", Text, nullable=False),  # JSON: counts, scores, new, mended
    Column(
        "standing", LargeBinary, nullable=False
    ),  # zlib over JSON: dossiers with the keys of their findings
)

# Findings that were there when the archive's baseline was drawn, by their keys.
baseline = Table(
    "baseline",
    metadata,
    Column("dossier", Text, primary_key=True),
    Column("finding", Text, primary_key=True),
    Column("author", Text, nullable=False),
    Column("made_at", String(40), nullable=False),
)

Index("files_by_size_and_time", files.c.size, files.c.mtime_ns)
