"""The catalogue's tables (SQLAlchemy Core). Alembic's migrations in ``migrations/`` build them.

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

# Text of any length, compared by its bytes whatever language the database was set up for: ranges of paths
# and every order hang on that.
Words = Text().with_variant(Text(collation="C"), "postgresql")
Id = BigInteger().with_variant(Integer, "sqlite")  # that is 64 bits wide in SQLite, and numbers itself


def _made_by() -> tuple[Column[str], ...]:
    """Who did it and when."""
    return Column("author", Words, nullable=False), Column("made_at", Words, nullable=False)


def _said_by() -> tuple[Column[str], ...]:
    """The same, and who ended it when: in force while ``ended_at`` is null."""
    return (
        *_made_by(),
        Column("ended_at", Words),
        Column("ended_by", Words, nullable=False, server_default=""),
    )


def _about() -> tuple[Column[Any], ...]:
    """The document that somebody speaks of: by its file's content, as it was split and where it lay then."""
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
    Column("ctime_ns", BigInteger, nullable=False, server_default="0"),  # of anything about it; 0: not known
    Column("doubtful", Boolean, nullable=False),  # written so late that a change may hide: hash next time
    Column("reader", Integer, nullable=False),  # version of the reading chain that made this row
    Column("sha256", Words, nullable=False, index=True),
    Column("format", Words, nullable=False),
    Column("reason", Words),  # null: the file was read
    Column("detail", Words, nullable=False),
    Column("candidates", Words, nullable=False),  # JSON, for unread files
    Column("notes", Words, nullable=False),  # JSON list of sentences
    Column("lacks", Words, nullable=False),  # names of programs that would have read more
    Column("signatures", Words, nullable=False, server_default="[]"),  # JSON list of short lists
    Column("verified_at", Words),  # when its bytes were last seen to have this hash
    Column("altered_at", Words),  # when they were first seen not to, size and time being the same
    Column("altered_from", Words),  # the hash they had before
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
    Column("details", Words, nullable=False, server_default="{}"),  # JSON, what else the header says
    Column("inner_name", Words, nullable=False, server_default=""),  # of the file inside a container
    Column("security", Words),
    Column("review", Boolean, nullable=False),
    Column("placements", Words, nullable=False),
    Column("doubted", Boolean, nullable=False, server_default="0"),  # what surrounds it counts too
    UniqueConstraint("file_id", "ordinal"),
)

texts = Table(
    "texts",
    metadata,
    Column("document_id", Id, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("text", LargeBinary, nullable=False),  # zlib over UTF-8
    Column("places", LargeBinary),  # where its words stand, packed by dossier.model.places
)

# What the full-text index still has to learn; emptied only after the index has committed.
outbox = Table(
    "outbox",
    metadata,
    Column("path", Words, primary_key=True),
    Column("mark", BigInteger, nullable=False),  # another one for every change
)

# Dossiers in which something changed since their doubtful documents were last weighed against the rest.
unweighed = Table("unweighed", metadata, Column("dossier", Words, primary_key=True))

# A row is in force until it has ``ended_at``; those that ended are the history.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Id, primary_key=True),
    *_about(),
    Column("placements", Words, nullable=False),
    *_said_by(),
    Column("astray", Boolean, nullable=False),  # the file is split differently now
)

# What people say that heads of documents read; kept as decisions are.
corrections = Table(
    "corrections",
    metadata,
    Column("id", Id, primary_key=True),
    *_about(),
    Column("fields", Words, nullable=False),  # JSON object, fields of the header by name
    *_said_by(),
    Column("astray", Boolean, nullable=False),
)

# Files that vanished or whose content was replaced; no text is ever kept of them.
departed = Table(
    "departed",
    metadata,
    Column("path", Words, primary_key=True),
    Column("dossier", Words, nullable=False, index=True),
    Column("sha256", Words, nullable=False, index=True),  # of the content that is missed
    Column("size", BigInteger, nullable=False),
    Column("number_symbol", Words, nullable=False),
    Column("date", Words),
    Column("part", Words, nullable=False),
    Column("seen_at", Words),  # when it was last seen with that content
    Column("noticed_at", Words, nullable=False),
    Column("replaced", Boolean, nullable=False),  # another content stands in its place
)

# What a person said bears no stamp of secrecy, by content; in force until ``ended_at``.
unsealed = Table(
    "unsealed",
    metadata,
    Column("id", Id, primary_key=True),
    Column("sha256", Words, nullable=False, index=True),
    Column("path", Words, nullable=False),  # where the file lay
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
    *_said_by(),  # ended: taken back, or another took its place
    Column("until", Words),
)

# Facts and duties as a person says they are; never lost, only ended.
told = Table(
    "told",
    metadata,
    Column("id", Id, primary_key=True),
    Column("dossier", Words, nullable=False, index=True),
    Column("key", Words, nullable=False),
    Column("value", Words, nullable=False),  # JSON; {"day": "2024-03-05"} for a date
    *_said_by(),
)

# People's word on folders: dossiers of a kind, or (kind empty) none. In force until ``ended_at``.
adoptions = Table(
    "adoptions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("path", Words, nullable=False, index=True),
    Column("kind", Words, nullable=False),
    Column("name", Words, nullable=False),
    *_said_by(),
)

# One result per day, kept for comparison; never changed but by a later run of the same day.
nights = Table(
    "nights",
    metadata,
    Column("day", Words, primary_key=True),
    Column("summary", Words, nullable=False),  # JSON: counts, scores, new, mended
    Column(
        "standing", LargeBinary, nullable=False
    ),  # zlib over JSON: dossiers with the keys of their findings
)

# Findings that were there when the archive's baseline was drawn, by their keys.
baseline = Table(
    "baseline",
    metadata,
    Column("dossier", Words, primary_key=True),
    Column("finding", Words, primary_key=True),
    *_made_by(),
)

# Another mark after every change to what a verdict on the dossier hangs on (see :mod:`revisions`).
revisions = Table(
    "revisions",
    metadata,
    Column("dossier", Words, primary_key=True),
    Column("mark", BigInteger, nullable=False),
)

# How every dossier stood when it was last judged, in each language that was asked for; what lies in no
# dossier has a row, too. A row holds while revision, rules, around and day are those of now.
briefs = Table(
    "briefs",
    metadata,
    Column("dossier", Words, primary_key=True),
    Column("language", Words, primary_key=True),
    Column("revision", Words, nullable=False),
    Column("rules", Words, nullable=False),  # digest of all that a verdict hangs on beside the catalogue
    Column("around", Words, nullable=False),  # digest of what it was told of the other dossiers
    Column("day", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("unit", Words, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    Column("worst", Words, nullable=False),  # severity of its gravest finding
    Column("errors", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("overdue", Integer, nullable=False),
    Column("due", Words),  # the next day on which something is due
    Column("missing", Words, nullable=False),  # JSON list of parts
    Column("documents", Integer, nullable=False),
    Column("needs_review", Integer, nullable=False),
    Column("sealed", Integer, nullable=False),
    Column("files", Integer, nullable=False),
    Column("unread", Integer, nullable=False),
    Column("doubts", Integer),  # rows of ``doubts``; null: nobody asked yet
    Column("rest", Words, nullable=False),  # JSON object
)

# Which documents are in doubt, and how much hangs on each; a row holds while the dossier's brief does.
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

# Tables with hashes of contents that are redacted in a way of their own when a paper turns out secret.
REDACTED_APART = ("files", "decisions", "departed", "unsealed")
# Why people did what they did, in their own words, which may repeat what a paper says; each table with an id.
REASONS = (waivers.c.reason, unsealed.c.reason)


def _insert(table: Table, conflict: str, returning: str = "") -> TextClause:
    """What happens to rows that are there already is said in the words that SQLite and PostgreSQL share."""
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
    """The index has to look at these files again."""
    told = [{"path": path, "mark": secrets.randbits(62)} for path in sorted(set(paths))]
    if told:
        connection.execute(_OUTBOX_UPSERT, told)
