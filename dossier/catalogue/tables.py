"""The catalogue's tables (SQLAlchemy Core). New catalogues are made as they stand
here; Alembic's migrations in ``migrations/`` bring catalogues of earlier releases to the same.

Dates are ISO text and instants are UTC ISO text, so that the same rows read alike in SQLite and
PostgreSQL. ``placements`` and other small lists are JSON text: they are read and written whole.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TextClause,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import BigInteger

metadata = MetaData()

MOST_ASKED = 500  # values in one statement; SQLite accepts at most 999

# Text of any length, compared by bytes whatever the collation of the database: ranges of paths
# and all orders depend on that.
Words = Text().with_variant(Text(collation="C"), "postgresql")
Id = BigInteger().with_variant(Integer, "sqlite")  # INTEGER has 64 bits in SQLite and autoincrements


def _made_by() -> tuple[Column[str], ...]:
    """Columns for author and time."""
    return Column("author", Words, nullable=False), Column("made_at", Words, nullable=False)


def _said_by() -> tuple[Column[str], ...]:
    """Columns for author, time, and who ended it when; in force while ``ended_at`` is null."""
    return (
        *_made_by(),
        Column("ended_at", Words),
        Column("ended_by", Words, nullable=False, server_default=""),
    )


def _about() -> tuple[Column[Any], ...]:
    """Columns that identify a document by its file's content, its pages, and its path at the time."""
    return (
        Column("sha256", Words, nullable=False, index=True),
        Column("ordinal", Integer, nullable=False),
        Column("first_page", Integer),  # null: not known
        Column("last_page", Integer),
        Column("path", Words, nullable=False),
    )


meta = Table("meta", metadata, Column("key", Words, primary_key=True), Column("value", Words))

dossiers = Table(
    "dossiers",
    metadata,
    Column("path", Words, primary_key=True),
    Column("raw_path", LargeBinary, nullable=False),
    Column("kind", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("manifest", Words, nullable=False),  # JSON object, declared keys only
    Column("problems", Words, nullable=False),  # JSON list of sentences
    Column("ignored", Words, nullable=False),  # JSON list of [path, why]
)

files = Table(
    "files",
    metadata,
    Column("id", Id, primary_key=True),
    Column("raw_path", LargeBinary, nullable=False, unique=True),
    Column("path", Words, nullable=False, index=True),
    Column("dossier", Words, nullable=False, index=True),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("inode", Words, nullable=False),  # text: an inode may need 64 bits without sign
    Column("ctime_ns", BigInteger, nullable=False, server_default="0"),  # 0: not known
    Column("doubtful", Boolean, nullable=False),  # written just before reading: compare the hash next time
    Column("reader", Integer, nullable=False),  # version of the reading chain that made this row
    Column("sha256", Words, nullable=False, index=True),
    Column("format", Words, nullable=False),
    Column("reason", Words),  # null: the file was read
    Column("detail", Words, nullable=False),
    Column("candidates", Words, nullable=False),  # JSON, for unread files
    Column("notes", Words, nullable=False),  # JSON list of sentences
    Column("lacks", Words, nullable=False),  # names of programs that would have read more
    Column("signatures", Words, nullable=False, server_default="[]"),  # JSON list of short lists
    Column("verified_at", Words),  # when the content last had this hash
    Column("altered_at", Words),  # when it was first found changed while size and time were not
    Column("altered_from", Words),  # the hash before
)

documents = Table(
    "documents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("file_id", Id, ForeignKey("files.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("first_page", Integer, nullable=False),
    Column("last_page", Integer, nullable=False),
    Column("reading", Words, nullable=False),
    Column("confidence", Float),
    Column("form", Words, nullable=False),
    Column("type", Words, nullable=False),
    Column("number_symbol", Words, nullable=False),
    Column("date", Words),
    Column("place", Words, nullable=False),
    Column("issuing_body", Words, nullable=False),
    Column("superior_body", Words, nullable=False),
    Column("abstract", Words, nullable=False),
    Column("signer", Words, nullable=False),
    Column("signer_rank", Words, nullable=False),
    Column("signer_title", Words, nullable=False),
    Column("draft", Boolean, nullable=False),
    Column("copy", Words, nullable=False, server_default=""),
    Column("details", Words, nullable=False, server_default="{}"),  # JSON, minor fields of the header
    Column("inner_name", Words, nullable=False, server_default=""),  # of the file inside a container
    Column("security", Words),
    Column("review", Boolean, nullable=False),
    Column("placements", Words, nullable=False),
    Column("doubted", Boolean, nullable=False, server_default="0"),  # placed by its surroundings too
    Column("weighed", Boolean, nullable=False, server_default="1"),  # the placement is by these
    UniqueConstraint("file_id", "ordinal"),
)

texts = Table(
    "texts",
    metadata,
    Column("document_id", Id, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("text", LargeBinary, nullable=False),  # zlib over UTF-8
    Column("places", LargeBinary),  # positions of words, packed by dossier.model.places
)

# Changes not yet in the full-text index; deleted only after the index has committed.
outbox = Table(
    "outbox",
    metadata,
    Column("path", Words, primary_key=True),
    Column("mark", BigInteger, nullable=False),  # differs for every change
)

# Dossiers that changed since their doubtful documents were last weighed.
unweighed = Table("unweighed", metadata, Column("dossier", Words, primary_key=True))

# Decisions on placements; in force until ``ended_at``, then history.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Id, primary_key=True),
    *_about(),
    Column("placements", Words, nullable=False),
    *_said_by(),
    Column("astray", Boolean, nullable=False),  # the file is now split into other documents
)

# Corrections of headers; stored like decisions.
corrections = Table(
    "corrections",
    metadata,
    Column("id", Id, primary_key=True),
    *_about(),
    Column("fields", Words, nullable=False),  # JSON object, fields of the header by name
    *_said_by(),
    Column("astray", Boolean, nullable=False),
)

# Files that vanished or whose content was replaced; without any text.
departed = Table(
    "departed",
    metadata,
    Column("path", Words, primary_key=True),
    Column("dossier", Words, nullable=False, index=True),
    Column("sha256", Words, nullable=False, index=True),  # of the missing content
    Column("size", BigInteger, nullable=False),
    Column("number_symbol", Words, nullable=False),
    Column("date", Words),
    Column("part", Words, nullable=False),
    Column("seen_at", Words),  # when it was last seen with that content
    Column("noticed_at", Words, nullable=False),
    Column("replaced", Boolean, nullable=False),  # the file has another content now
)

# Contents that a person declared free of a stamp of secrecy; in force until ``ended_at``.
unsealed = Table(
    "unsealed",
    metadata,
    Column("id", Id, primary_key=True),
    Column("sha256", Words, nullable=False, index=True),
    Column("path", Words, nullable=False),  # at the time
    Column("reason", Words, nullable=False),
    *_said_by(),
)

waivers = Table(
    "waivers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("dossier", Words, nullable=False, index=True),
    Column("rule", Words, nullable=False),
    Column("part", Words, nullable=False),
    Column("reason", Words, nullable=False),
    *_said_by(),  # ended: revoked or superseded
    Column("until", Words),
)

# Facts entered by people, and duties reported as done; never deleted, only ended.
told = Table(
    "told",
    metadata,
    Column("id", Id, primary_key=True),
    Column("dossier", Words, nullable=False, index=True),
    Column("key", Words, nullable=False),
    Column("value", Words, nullable=False),  # JSON; {"day": "2024-03-05"} for a date
    *_said_by(),
)

# Decisions on folders: dossiers of a kind, or (empty kind) none. In force until ``ended_at``.
adoptions = Table(
    "adoptions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("path", Words, nullable=False, index=True),
    Column("kind", Words, nullable=False),
    Column("name", Words, nullable=False),
    *_said_by(),
    Column("chosen", Words, nullable=False, server_default="[]"),  # JSON list of paths of files elsewhere
)

# One result per day; changed only by a later run on the same day.
nights = Table(
    "nights",
    metadata,
    Column("day", Words, primary_key=True),
    Column("summary", Words, nullable=False),  # JSON: counts, scores, new, mended
    Column(
        "standing", LargeBinary, nullable=False
    ),  # zlib over JSON: dossiers with the keys of their findings
)

# Keys of the findings in the archive's baseline.
baseline = Table(
    "baseline",
    metadata,
    Column("dossier", Words, primary_key=True),
    Column("finding", Words, primary_key=True),
    *_made_by(),
)

# A new mark after every change of the input of a dossier's report (see :mod:`revisions`).
revisions = Table(
    "revisions",
    metadata,
    Column("dossier", Words, primary_key=True),
    Column("mark", BigInteger, nullable=False),
)

# Summaries of the last reports on dossiers, by language; files in no
# dossier have a row, too. A row is valid while revision, rules, around and day are the current ones.
briefs = Table(
    "briefs",
    metadata,
    Column("dossier", Words, primary_key=True),
    Column("language", Words, primary_key=True),
    Column("revision", Words, nullable=False),
    Column("rules", Words, nullable=False),  # digest of all input outside the catalogue
    Column("around", Words, nullable=False),  # digest of the data on other dossiers
    Column("day", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("unit", Words, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    Column("worst", Words, nullable=False),  # highest severity of its findings
    Column("errors", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("overdue", Integer, nullable=False),
    Column("due", Words),  # the next due day
    Column("missing", Words, nullable=False),  # JSON list of parts
    Column("documents", Integer, nullable=False),
    Column("needs_review", Integer, nullable=False),
    Column("sealed", Integer, nullable=False),
    Column("files", Integer, nullable=False),
    Column("unread", Integer, nullable=False),
    Column("doubts", Integer),  # number of rows in ``doubts``; null: not computed yet
    Column("rest", Words, nullable=False),  # JSON object
)

# Documents in doubt with their stakes; valid as long as the dossier's brief.
doubts = Table(
    "doubts",
    metadata,
    Column("dossier", Words, primary_key=True),
    Column("language", Words, primary_key=True),
    Column("path", Words, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("sha256", Words, nullable=False, index=True),
    Column("stake", Float, nullable=False),
    Column("parts", Words, nullable=False),  # JSON list
    Column("answers", Words, nullable=False),  # JSON list of lists of placements
)

Index("files_by_size_and_time", files.c.size, files.c.mtime_ns)

# Tables with content hashes that are redacted in their own ways when a document is found secret.
REDACTED_APART = ("files", "decisions", "departed", "unsealed")
# Free texts of people, which may repeat a document's content; each table has an id.
REASONS = (waivers.c.reason, unsealed.c.reason)


def _insert(table: Table, conflict: str, returning: str = "") -> TextClause:
    """An insert with ``ON CONFLICT`` in the syntax common to SQLite and PostgreSQL."""
    names = [column.name for column in table.columns if column.type is not Id]
    values = ", ".join(f":{name}" for name in names)
    into = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({values})"  # noqa: S608
    return text(f"{into} ON CONFLICT {conflict} {returning}")


FILE_INSERT = _insert(files, "DO NOTHING", "RETURNING id")
UNWEIGHED_INSERT = _insert(unweighed, "DO NOTHING")
META_INSERT = _insert(meta, "DO NOTHING")
META_UPSERT = _insert(meta, "(key) DO UPDATE SET value = excluded.value")
REVISION_UPSERT = _insert(revisions, "(dossier) DO UPDATE SET mark = excluded.mark")
_OUTBOX_UPSERT = _insert(outbox, "(path) DO UPDATE SET mark = excluded.mark")


def tell_index(connection: Connection, paths: Iterable[str]) -> None:
    """Add files to the outbox, so that the index takes them in again."""
    rows = [{"path": path, "mark": secrets.randbits(62)} for path in sorted(set(paths))]
    if rows:
        connection.execute(_OUTBOX_UPSERT, rows)
