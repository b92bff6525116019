"""State of secrecy in the catalogue: contents that people declared free of a stamp, and documents found to
bear one whose traces must still be removed."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import Column, ColumnElement, Connection, delete, or_, select, update

from dossier.catalogue import encoding, meta
from dossier.catalogue.records import Records
from dossier.catalogue.session import Session
from dossier.catalogue.tables import (
    REASONS,
    REDACTED_APART,
    briefs,
    corrections,
    departed,
    documents,
    files,
    metadata,
    told,
    unsealed,
)
from dossier.i18n import _
from dossier.vietnamese import fold, words

# Keys whose values are paths, codes, days and hashes, which are kept for sealed documents.
_NO_WORDS = frozenset({
    "about", "asked_by", "dossier", "former", "kind", "made_at", "of", "on", "ordinal", "originals", "part",
    "path", "peer", "place", "places", "role", "rule", "session", "sha256", "table_sha256", "until",
})  # fmt: skip
_RARE = 7  # a word with more letters identifies its source by itself
_CODE = re.compile(r"[A-Za-z]{2,4}-\d{1,2}|\d{1,2}[a-z]?|\d{4}-\d\d(?:-\d\d)?")


class Repeated:
    """Detects words of a sealed document (``texts``) in other texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._said = " ".join(f" {words(text)} " for text in texts)

    def in_text(self, text: str) -> bool:
        """Whether the text repeats two consecutive words, or one rare word, of the document."""
        told = words(text).split()
        if _CODE.fullmatch(text.strip()):
            return False
        pairs = (f" {one} {other} " for one, other in pairwise(told))
        rare = (f" {word} " for word in told if len(word) > _RARE or any(char.isdigit() for char in word))
        return any(piece in self._said for piece in (*pairs, *rare)) or (
            len(told) < 2 and bool(told) and f" {fold(told[0])} " in self._said
        )

    def in_value(self, value: object) -> bool:
        """Like :meth:`in_text`, for all texts in a JSON value that people may have written."""
        return any(self.in_text(text) for text in _texts(value))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in _NO_WORDS:
                yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


TO_FORGET, _BACKUPS, _SEALING = "to_forget", "backups", "sealing"  # keys of ``meta``
_HOLD = "hold"  # the fact whose value is a free text
_MOST_BACKUPS = 200
_RECENT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A person's decision that a content bears no stamp. ``path``: its path at the time; times ISO, UTC."""

    sha256: str
    path: str
    reason: str
    author: str
    made_at: str
    ended_at: str | None = None
    ended_by: str = ""


class Departed(NamedTuple):
    """A file that vanished or was replaced."""

    path: str
    dossier: str
    sha256: str


def _read_again(connection: Connection, sha256: str) -> None:
    connection.execute(update(files).where(files.c.sha256 == sha256).values(reader=0))


class Secrecy:
    """Stores contents declared free of a stamp, and sealed documents whose traces remain to be removed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._unsealed = Records(session, unsealed, Unsealed, ("sha256",), changed=_read_again)

    def unsealed(self) -> frozenset[str]:
        """Hashes of all contents declared free of a stamp."""
        with self._session.reading() as connection:
            query = select(unsealed.c.sha256).where(unsealed.c.ended_at.is_(None))
            return frozenset(connection.execute(query).scalars())

    def words_of_people(self, *, history: bool = False) -> list[Unsealed]:
        """These declarations; with ``history`` also revoked ones."""
        return list(self._unsealed.all(history=history))

    def unseal(self, sha256: str, path: str, reason: str, author: str) -> None:
        """Record that this content bears no stamp; its files are read again by the next scan."""
        self._unsealed.record([Unsealed(sha256, path, reason, author, encoding.now())])

    def seal(self, sha256: str, author: str) -> bool:
        """Revoke such a declaration; false if there was none."""
        return self._unsealed.end(sha256, author=author)

    def note(self, path: str, hashes: Iterable[str]) -> None:
        """Record that a known file bears a stamp, so that its traces are removed even after
        interruptions."""
        with self._session.writing() as connection:
            waiting = self._held(connection, TO_FORGET)
            self._keep(connection, TO_FORGET, [*waiting, [path, sorted(filter(None, hashes))]])

    def to_forget(self) -> tuple[frozenset[str], frozenset[str]]:
        """Paths and hashes whose traces must still be removed."""
        with self._session.reading() as connection:
            waiting = self._list(connection, TO_FORGET)
        return frozenset(path for path, _hashes in waiting), frozenset(h for _p, hs in waiting for h in hs)

    def outdate_indexes(self) -> None:
        """Mark all indexes begun before now as possibly containing texts of sealed documents."""
        with self._session.writing() as connection:
            self._keep(connection, _SEALING, [uuid4().hex])

    def sealing(self) -> str:
        """The mark of the last :meth:`outdate_indexes`; empty if there was none."""
        with self._session.reading() as connection:
            return str((self._list(connection, _SEALING) or [""])[0])

    def forgotten(self, paths: Collection[str]) -> None:
        """Record that all traces of these paths are removed."""
        with self._session.writing() as connection:
            waiting = [entry for entry in self._held(connection, TO_FORGET) if entry[0] not in paths]
            self._keep(connection, TO_FORGET, waiting)

    def departed_as(self, dossier: str, papers: Iterable[tuple[str, date | None]]) -> list[Departed]:
        """Departed files that may have been one of ``papers`` (number, date): with the same number and no
        other date, or departed from this dossier recently without a known number."""
        recent = (datetime.now(UTC) - _RECENT).isoformat()
        unnumbered = (departed.c.number_symbol == "") & (departed.c.noticed_at >= recent)
        same: list[ColumnElement[bool]] = [unnumbered & (departed.c.dossier == dossier)]
        for number, day in papers:
            if number:
                paper = departed.c.number_symbol == number
                days = departed.c.date.is_(None) | (departed.c.date == day.isoformat()) if day else None
                same.append(paper if days is None else paper & days)
        query = select(departed.c.path, departed.c.dossier, departed.c.sha256).where(or_(*same))
        with self._session.reading() as connection:
            return [Departed(*row) for row in connection.execute(query)]

    def redact(self, dossier: str, path: str, hashes: Collection[str], repeated: Repeated) -> None:
        """Remove a document's content from the tables that outlive its file. Free texts that repeat it are
        blanked, but the decisions stay in force."""
        instead = _("(đã xóa: nhắc đến tài liệu mật)")
        with self._session.writing() as connection:
            about = (departed.c.path == path) | departed.c.sha256.in_(hashes)
            connection.execute(update(departed).where(about).values(number_symbol="", date=None))
            for table in metadata.sorted_tables:
                if "sha256" in table.c and table.name not in REDACTED_APART:
                    connection.execute(delete(table).where(table.c.sha256.in_(hashes)))
            connection.execute(delete(briefs).where(briefs.c.dossier == dossier))
            connection.execute(delete(corrections).where(corrections.c.path == path))
            for column in REASONS:
                self._redact(connection, column, repeated, instead)
            self._redact(connection, told.c.value, repeated, json.dumps(instead, ensure_ascii=False), _HOLD)

    @staticmethod
    def _redact(
        connection: Connection, column: Column[Any], repeated: Repeated, instead: str, key: str = ""
    ) -> None:
        table = column.table
        query = select(table.c.id, column)
        if key:
            query = query.where(table.c.key == key)
        for id_, said in connection.execute(query).all():
            if repeated.in_text(said):
                connection.execute(update(table).where(table.c.id == id_).values({column: instead}))

    def any_sealed(self) -> bool:
        """Whether any file is sealed."""
        with self._session.reading() as connection:
            query = select(documents.c.id).where(documents.c.security.is_not(None)).limit(1)
            return connection.execute(query).first() is not None

    def keep_backup(self, path: str) -> None:
        """Record a backup, which contains today's texts."""
        with self._session.writing() as connection:
            made = [entry for entry in self._held(connection, _BACKUPS) if entry[0] != path]
            made.append([path, encoding.now()])
            self._keep(connection, _BACKUPS, made[-_MOST_BACKUPS:])

    def backups(self) -> list[tuple[str, str]]:
        """Paths and times of backups."""
        with self._session.reading() as connection:
            return [(path, at) for path, at in self._list(connection, _BACKUPS)]

    @staticmethod
    def _list(connection: Connection, key: str) -> list[Any]:
        return list(json.loads(meta.value(connection, key) or "[]"))

    @staticmethod
    def _held(connection: Connection, key: str) -> list[Any]:
        """The list, which nobody else changes before this transaction ends."""
        return list(json.loads(meta.held(connection, key, without="[]")))

    @staticmethod
    def _keep(connection: Connection, key: str, value: list[Any]) -> None:
        meta.keep(connection, key, json.dumps(value, ensure_ascii=False))
