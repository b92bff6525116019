"""The catalogue's operations. Each write is one transaction; readers never wait."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from dossier.archive import Archive
from dossier.catalogue import departed, encoding, meta, rows, states, storing
from dossier.catalogue.adoptions import Adoptions
from dossier.catalogue.briefs import Briefs
from dossier.catalogue.circumstances import Circumstances
from dossier.catalogue.decisions import kept_corrections, kept_decisions
from dossier.catalogue.feed import Feed
from dossier.catalogue.interface import Database
from dossier.catalogue.last_acts import LastActs
from dossier.catalogue.lessons import Lessons
from dossier.catalogue.nights import Nights
from dossier.catalogue.orphans import Orphans
from dossier.catalogue.people import Baseline, kept_facts, kept_waivers
from dossier.catalogue.revisions import concerns
from dossier.catalogue.secrecy import Secrecy
from dossier.catalogue.server import Server, server_of
from dossier.catalogue.session import Session
from dossier.catalogue.tables import (
    UNWEIGHED_INSERT,
    documents,
    dossiers,
    files,
    tell_index,
    texts,
)
from dossier.catalogue.transfer import Moving
from dossier.catalogue.waiting import Waiting
from dossier.catalogue.watermarks import Watermarks
from dossier.model import (
    OUTSIDE,
    DepartedFile,
    Document,
    DossierFolder,
    DossierState,
    FileEntry,
    FileRecord,
    IgnoredFile,
    KnownFile,
    Outside,
    PlacedDocument,
    Signature,
    UnreadFile,
)

# Format, documents with their texts, unread mark, signatures and notes of a file.
Content = tuple[str, tuple[PlacedDocument, ...], UnreadFile | None, tuple[Signature, ...], tuple[str, ...]]
_FEW = 300  # values up to which a selective query is faster than reading all rows


def open_catalogue(where: Archive | Server | Path, reader: int) -> Catalogue:
    """Open, create or upgrade the catalogue of an archive, on a server, or in a state folder.

    ``reader`` is the ``VERSION`` of the scanner: files read by another version are read again. Raises
    :class:`~dossier.errors.CatalogueError`.
    """
    place = server_of(where) or where.state if isinstance(where, Archive) else where
    if isinstance(place, Server):
        return Catalogue(place.backend.open_server(place), reader)
    from dossier.catalogue.sqlite.database import open_file

    return Catalogue(open_file(place), reader)


class Catalogue:
    """See the module. Use as a context manager, or call :meth:`close`."""

    def __init__(self, database: Database, reader: int) -> None:
        self._session = Session(database)
        self.together = self._session.together
        self._reader = reader
        self.decisions = kept_decisions(self._session)
        self.corrections = kept_corrections(self._session)
        self.waivers = kept_waivers(self._session)
        self.facts = kept_facts(self._session)
        self.adoptions = Adoptions(self._session)
        self.last_acts = LastActs(self._session)
        self.lessons = Lessons(self._session)
        self.secrecy = Secrecy(self._session)
        self.feed = Feed(self._session)
        self.circumstances = Circumstances(self._session)
        self.nights = Nights(self._session)
        self.baseline = Baseline(self._session)
        self.briefs = Briefs(self._session)
        self.watermarks = Watermarks(self._session)
        self.orphans = Orphans(self._session)
        self.waiting = Waiting(self._session)
        self.moving = Moving(self._session)

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._session.close()

    def trouble(self) -> str:
        """Run a thorough check of the database; return the problems found in words, else empty."""
        return self._session.database.trouble()

    # ------------------------------------------------------------------ files

    def known_files(self, below: Collection[str] | None = None) -> dict[bytes, KnownFile]:
        """All catalogued files by raw path, or only those at or below the paths ``below``."""
        query = select(files.c.raw_path, *rows.KNOWN_COLUMNS)
        if below is None or "." in below:
            return self._known(query)
        found: dict[bytes, KnownFile] = {}
        for path in below:  # usually few: the dossiers that changed
            # "0" is the next character after "/".
            inside = (files.c.path > f"{path}/") & (files.c.path < f"{path}0")
            found |= self._known(query.where((files.c.path == path) | inside))
        return found

    def lookalikes(self, entries: Iterable[FileEntry]) -> list[KnownFile]:
        """Catalogued files anywhere with the size and time of one of ``entries``."""
        wanted = {(entry.size, entry.mtime_ns) for entry in entries}
        if len(wanted) > _FEW:
            return list(self.known_files().values())
        found: list[KnownFile] = []
        query = select(files.c.raw_path, *rows.KNOWN_COLUMNS).where(files.c.sha256 != "").limit(1)
        for size, mtime_ns in wanted:
            same = (files.c.size == size, files.c.mtime_ns == mtime_ns)
            found += self._known(query.where(*same)).values()
        return found

    def of_sizes(self, sizes: Collection[int]) -> list[tuple[bytes, KnownFile]]:
        """Catalogued files of these sizes (bytes) with a known hash, with their raw paths."""
        query = select(files.c.raw_path, *rows.KNOWN_COLUMNS).where(files.c.sha256 != "")
        if len(sizes) <= _FEW:
            query = query.where(files.c.size.in_(sizes))
        return [(raw, known) for raw, known in self._known(query).items() if known.size in sizes]

    def _known(self, query: Select[Any]) -> dict[bytes, KnownFile]:
        with self._session.reading() as connection:
            return {raw: rows.known_of(known) for raw, *known in connection.execute(query)}

    def current(self, raw_path: bytes) -> KnownFile | None:
        """The catalogued file at this raw path, if any."""
        return self.known_at([raw_path]).get(raw_path)

    def known_at(self, raw_paths: Collection[bytes]) -> dict[bytes, KnownFile]:
        """The same for a few files, by raw path."""
        query = select(files.c.raw_path, *rows.KNOWN_COLUMNS)
        return self._known(query.where(files.c.raw_path.in_(raw_paths)))

    def holds(self, file: KnownFile) -> bool:
        """Whether the row of ``file`` still exists."""
        with self._session.reading() as connection:
            found = connection.execute(select(files.c.path).where(files.c.id == file.id)).scalar()
        return bool(found == file.path)

    def store(self, record: FileRecord, replaces: KnownFile | None = None) -> bool:
        """Store a file's record, replacing the previous one, and notify the index.

        Returns false and changes nothing if another process catalogued the file meanwhile.
        """
        return self.store_all([(record, replaces)]) == 1

    def store_all(self, found: Sequence[tuple[FileRecord, KnownFile | None]]) -> int:
        """Like :meth:`store` for several files in one transaction; returns the number stored."""
        with self._session.writing(again=True) as connection:
            return storing.store(connection, found, self._reader)

    def touch(self, file: KnownFile, entry: FileEntry, *, doubtful: bool) -> None:
        """Store new times and inode of a file whose content is unchanged."""
        with self._session.writing(again=True) as connection:
            # Reports do not depend on times and inode, but on an alteration, which ends here.
            was_altered = select(files.c.altered_at).where(files.c.id == file.id)
            concerns(connection, [file.dossier] if connection.execute(was_altered).scalar() else [])
            connection.execute(
                update(files)
                .where(files.c.id == file.id, files.c.path == file.path)
                .values(
                    mtime_ns=entry.mtime_ns, inode=str(entry.inode), ctime_ns=entry.ctime_ns,
                    doubtful=doubtful, reader=self._reader,
                    verified_at=encoding.now(), altered_at=None, altered_from=None,
                )
            )  # fmt: skip

    def remove(self, gone: Iterable[KnownFile]) -> None:
        """Remove files that no longer exist, keeping a small record of each."""
        with self._session.writing() as connection:
            missed, told = [], []
            for file in gone:
                # Files in no dossier are not recorded.
                record = departed.record_of(connection, file) if file.dossier != OUTSIDE else None
                if not storing.take_out(connection, file):
                    continue
                told.append(file.path)
                if record is not None:
                    missed.append(record)
                connection.execute(UNWEIGHED_INSERT, {"dossier": file.dossier})
                concerns(connection, [file.dossier])
            tell_index(connection, told)
            departed.vanished(connection, missed)

    def content(self, file: KnownFile) -> Content | None:
        """The stored content of a file; ``None`` if its row changed meanwhile. The hash is compared too: ids
        of removed rows are given again."""
        with self._session.reading() as connection:
            here = select(files).where(
                files.c.id == file.id, files.c.path == file.path, files.c.sha256 == file.sha256
            )
            row = connection.execute(here).mappings().one_or_none()
            if row is None:
                return None
            query = (
                select(documents, texts.c.text, texts.c.places)
                .join(texts, texts.c.document_id == documents.c.id)
                .where(documents.c.file_id == file.id)
                .order_by(documents.c.ordinal)
            )
            found = connection.execute(query).mappings().all()
        placed = tuple(
            PlacedDocument(
                rows.logical_of(doc),
                encoding.placements_from_text(doc["placements"]),
                bool(doc["review"]),
                doc["security"],
            )
            for doc in found
        )
        unread = rows.unread_of(row) if row["reason"] else None
        signatures = encoding.signatures_from_text(row["signatures"])
        return row["format"], placed, unread, signatures, encoding.sentences_from_text(row["notes"])

    # ------------------------------------------------------------------ dossiers

    def save_walk(
        self,
        folders: Sequence[DossierFolder],
        ignored: Mapping[str, Sequence[IgnoredFile]],
        problems: Sequence[str],
        keep: Iterable[str] = (),
    ) -> None:
        """Store the dossiers found by a walk, and the ignored files in them and outside.

        ``keep``: paths of dossiers that could not be read this time and stay unchanged.
        """
        new = {row["path"]: row for row in (rows.dossier_row(f, ignored.get(f.path, ())) for f in folders)}
        with self._session.writing(again=True) as connection:
            old = {row["path"]: dict(row) for row in connection.execute(select(dossiers)).mappings()}
            gone = old.keys() - new.keys() - set(keep)
            changed = [row for path, row in new.items() if old.get(path) != row]
            concerns(connection, gone | {row["path"] for row in changed})
            for path in gone | {row["path"] for row in changed}:
                connection.execute(delete(dossiers).where(dossiers.c.path == path))
            if changed:
                connection.execute(insert(dossiers), changed)
            self._tell_of_dossiers(connection, [row["path"] for row in changed if row["path"] in old])
            left_out = encoding.ignored_to_text(ignored.get(OUTSIDE, ()))
            meta.keep(connection, states.IGNORED_OUTSIDE, left_out)
            meta.keep(connection, "problems", encoding.sentences_to_text(problems))

    @staticmethod
    def _tell_of_dossiers(connection: Connection, changed: Sequence[str]) -> None:
        """Notify index and weighing of changed dossiers: the index holds their names and units, and declared
        dates influence placements."""
        for path in changed:
            connection.execute(UNWEIGHED_INSERT, {"dossier": path})
            inside = connection.execute(select(files.c.path).where(files.c.dossier == path)).scalars().all()
            tell_index(connection, inside)

    def kinds(self) -> dict[str, str]:
        """Kinds of all dossiers by path."""
        with self._session.reading() as connection:
            return dict(connection.execute(select(dossiers.c.path, dossiers.c.kind)).all())

    def folders(self, at: Collection[str] | None = None) -> dict[str, DossierFolder]:
        """All dossiers, or those at these few paths, by path."""
        query = select(dossiers) if at is None else select(dossiers).where(dossiers.c.path.in_(at))
        with self._session.reading() as connection:
            found = connection.execute(query).mappings()
            return {row["path"]: rows.folder_of(row) for row in found}

    def copies(self) -> list[tuple[str, str, str]]:
        """SHA-256, dossier and path of every file whose content exists in several dossiers."""
        c, first = files.c, documents.c.ordinal == 1
        several = (
            select(c.sha256)
            .where(c.sha256 != "", c.dossier != OUTSIDE)
            .group_by(c.sha256)
            .having(func.count(c.dossier.distinct()) > 1)
        )
        query = select(c.sha256, c.dossier, c.path).where(c.sha256.in_(several), c.dossier != OUTSIDE)
        query = query.join(documents, (documents.c.file_id == c.id) & first)
        with self._session.reading() as connection:
            return [(sha, dossier, path) for sha, dossier, path in connection.execute(query)]

    def lost(self) -> dict[str, list[DepartedFile]]:
        """Files of vanished dossiers whose content exists nowhere else, by the dossier's path."""
        with self._session.reading() as connection:
            return departed.of_lost_dossiers(connection)

    def paths(self) -> list[str]:
        """Paths of all catalogued files."""
        with self._session.reading() as connection:
            return list(connection.execute(select(files.c.path)).scalars())

    def dossier_of(self, path: str) -> str | None:
        """Path of the dossier of a catalogued file."""
        with self._session.reading() as connection:
            return connection.execute(select(files.c.dossier).where(files.c.path == path)).scalar()

    def raw_path(self, path: str) -> bytes | None:
        """Raw path of a catalogued file."""
        with self._session.reading() as connection:
            return connection.execute(select(files.c.raw_path).where(files.c.path == path)).scalar()

    def placed_by(self, checklists: str) -> None:
        """Record the digest of the checklists by which all documents are placed."""
        with self._session.writing(again=True) as connection:
            meta.keep(connection, "checklists", checklists)

    def learned_by(self, digest: str) -> None:
        """Record the digest of the decisions from which the model that placed all documents was trained."""
        with self._session.writing(again=True) as connection:
            meta.keep(connection, "learned", digest)

    def finish_scan(self, at: datetime, checklists: str) -> None:
        """Record the end of a scan, and make everything it wrote durable.

        ``checklists``: digest of the checklists by which the documents were placed.
        """
        with self._session.writing() as connection:
            meta.keep(connection, "checklists", checklists)
            meta.keep(connection, "scanned_at", encoding.instant(at))
        self._session.database.scan_finished()

    def note_drill(self, at: datetime) -> None:
        """Record that a backup was restored elsewhere as a test and worked."""
        with self._session.writing() as connection:
            meta.keep(connection, "drilled_at", encoding.instant(at))

    def meta(self) -> dict[str, str]:
        """Stored values on the archive as a whole: ``scanned_at``, ``problems`` …"""
        with self._session.reading() as connection:
            return meta.values(connection)

    def states(self, dossier: str | None = None, last: str | None = None) -> list[DossierState]:
        """The state of all dossiers, of the one at that path, or of the range from there to ``last``, by
        path."""
        with self._session.reading() as connection:
            return states.of_dossiers(connection, dossier, last)

    def documents_at(self, paths: Collection[str]) -> dict[tuple[str, int, str], Document]:
        """The documents of files at these paths, by path, ordinal and content."""
        with self._session.reading() as connection:
            return states.documents_at(connection, sorted(paths))

    def outside_paths(self) -> list[str]:
        """Sorted paths of the files in no dossier."""
        with self._session.reading() as connection:
            return states.outside_paths(connection)

    def count_inside(self) -> int:
        """Number of files in dossiers."""
        query = select(func.count()).select_from(files).join(dossiers, dossiers.c.path == files.c.dossier)
        with self._session.reading() as connection:
            return connection.execute(query).scalar_one()

    def outside(self) -> Outside:
        """The state of the files in no dossier."""
        with self._session.reading() as connection:
            return states.outside(connection)

    def ignored_outside(self) -> tuple[IgnoredFile, ...]:
        """Ignored files in no dossier."""
        with self._session.reading() as connection:
            return states.ignored_outside(connection)
