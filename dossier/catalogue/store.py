"""The catalogue's operations. Everything that writes is one transaction; readers never wait."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from dossier.archive import Archive
from dossier.catalogue import departed, encoding, rows, states, storing
from dossier.catalogue.adoptions import Adoptions
from dossier.catalogue.briefs import Briefs
from dossier.catalogue.circumstances import Circumstances
from dossier.catalogue.feed import Feed
from dossier.catalogue.interface import Database
from dossier.catalogue.lessons import Lessons
from dossier.catalogue.nights import Nights
from dossier.catalogue.orphans import Orphans, Watermarks
from dossier.catalogue.people import Baseline, People
from dossier.catalogue.revisions import concerns
from dossier.catalogue.secrecy import Secrecy
from dossier.catalogue.server import Server, server_of
from dossier.catalogue.session import Session
from dossier.catalogue.tables import (
    META_UPSERT,
    UNWEIGHED_INSERT,
    documents,
    dossiers,
    files,
    meta,
    tell_index,
    texts,
)
from dossier.catalogue.telling import Telling
from dossier.catalogue.transfer import Moving
from dossier.catalogue.waiting import Waiting
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
    LogicalDocument,
    Outside,
    PlacedDocument,
    Reading,
    Signature,
    UnreadFile,
)

# Format, documents with their texts, unread mark, signatures and notes of a file.
Content = tuple[str, tuple[PlacedDocument, ...], UnreadFile | None, tuple[Signature, ...], tuple[str, ...]]
_FEW = 300  # rows that are quicker asked for one by one than among all


def open_catalogue(where: Archive | Server | Path, reader: int) -> Catalogue:
    """Open (make, upgrade) the catalogue of an archive, the one on a server, or the one in a state folder.

    ``reader`` is the version of the reading chain: rows made by another one are read again. Raises
    :class:`~dossier.errors.CatalogueError`.
    """
    place = server_of(where) or where.state if isinstance(where, Archive) else where
    if isinstance(place, Server):
        from dossier.catalogue.postgres import open_server

        return Catalogue(open_server(place), reader)
    from dossier.catalogue.sqlite.database import open_file

    return Catalogue(open_file(place), reader)


class Catalogue:
    """See the module. Use as a context manager, or call :meth:`close`."""

    def __init__(self, database: Database, reader: int) -> None:
        self._session = Session(database)
        self._reader = reader
        self.people = People(self._session)
        self.telling = Telling(self._session)
        self.adoptions = Adoptions(self._session)
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
        """Let go of the database."""
        self._session.close()

    def trouble(self) -> str:
        """What a thorough look at the database finds wrong; empty when nothing."""
        return self._session.database.trouble()

    # ------------------------------------------------------------------ files

    def known_files(self, below: Collection[str] | None = None) -> dict[bytes, KnownFile]:
        """Every catalogued file by its raw path, or only those at or below the paths ``below``."""
        query = select(files.c.raw_path, *rows.KNOWN_COLUMNS)
        if below is None or "." in below:
            return self._known(query)
        found: dict[bytes, KnownFile] = {}
        for path in below:  # few, as a rule: the dossiers that were touched
            # "0" follows "/" in the order of characters.
            inside = (files.c.path > f"{path}/") & (files.c.path < f"{path}0")
            found |= self._known(query.where((files.c.path == path) | inside))
        return found

    def lookalikes(self, entries: Iterable[FileEntry]) -> list[KnownFile]:
        """Catalogued files, wherever they lie, of the size and time of one of ``entries``."""
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
        """Catalogued files of these sizes (bytes) whose content is known, with their raw paths."""
        query = select(files.c.raw_path, *rows.KNOWN_COLUMNS).where(files.c.sha256 != "")
        if len(sizes) <= _FEW:
            query = query.where(files.c.size.in_(sizes))
        return [(raw, known) for raw, known in self._known(query).items() if known.size in sizes]

    def _known(self, query: Select[Any]) -> dict[bytes, KnownFile]:
        with self._session.reading() as connection:
            return {raw: rows.known_of(known) for raw, *known in connection.execute(query)}

    def current(self, raw_path: bytes) -> KnownFile | None:
        """What is known of the file at this raw path now."""
        query = select(files.c.raw_path, *rows.KNOWN_COLUMNS).where(files.c.raw_path == raw_path)
        return self._known(query).get(raw_path)

    def holds(self, file: KnownFile) -> bool:
        """Whether the row is still there that was known as ``file``."""
        with self._session.reading() as connection:
            found = connection.execute(select(files.c.path).where(files.c.id == file.id)).scalar()
        return bool(found == file.path)

    def store(self, record: FileRecord, replaces: KnownFile | None = None) -> bool:
        """Put a file's record in place of what was known of it, and tell the index.

        False, and nothing is changed, when somebody else catalogued the file meanwhile.
        """
        return self.store_all([(record, replaces)]) == 1

    def store_all(self, found: Sequence[tuple[FileRecord, KnownFile | None]]) -> int:
        """As :meth:`store` for several files in one transaction; how many of them were taken."""
        with self._session.writing(again=True) as connection:
            return storing.store(connection, found, self._reader)

    def touch(self, file: KnownFile, entry: FileEntry, *, doubtful: bool) -> None:
        """The content was found unchanged: remember the file's new times and inode."""
        with self._session.writing(again=True) as connection:
            # Times and inode are in no verdict; that its bytes had changed unseen is, until now.
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
        """Forget files that are no longer there, but for a small record of each."""
        with self._session.writing() as connection:
            missed, told = [], []
            for file in gone:
                # Nobody counts on what belongs to no dossier.
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
        """What is kept of a catalogued file; ``None`` when it is catalogued so no more."""
        with self._session.reading() as connection:
            here = select(files).where(files.c.id == file.id, files.c.path == file.path)
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
                LogicalDocument(
                    doc["ordinal"],
                    (doc["first_page"], doc["last_page"]),
                    rows.header_of(doc),
                    encoding.unpack_text(doc["text"]),
                    Reading(doc["reading"]),
                    doc["confidence"],
                    doc["inner_name"],
                    doc["places"] or b"",
                ),
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
        """Remember which folders are dossiers, and what is ignored in them and outside of them.

        ``keep`` are paths of dossiers that could not be looked into this time and stay as known.
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
            self._set_meta(connection, states.IGNORED_OUTSIDE, left_out)
            self._set_meta(connection, "problems", encoding.sentences_to_text(problems))

    @staticmethod
    def _tell_of_dossiers(connection: Connection, changed: Sequence[str]) -> None:
        """The index keeps names and units of dossiers with their documents; declared dates place some."""
        for path in changed:
            connection.execute(UNWEIGHED_INSERT, {"dossier": path})
            inside = connection.execute(select(files.c.path).where(files.c.dossier == path)).scalars().all()
            tell_index(connection, inside)

    def kinds(self) -> dict[str, str]:
        """The kind of every known dossier by its path."""
        with self._session.reading() as connection:
            return {
                row.path: row.kind for row in connection.execute(select(dossiers.c.path, dossiers.c.kind))
            }

    def folders(self) -> dict[str, DossierFolder]:
        """Every known dossier by its path."""
        with self._session.reading() as connection:
            found = connection.execute(select(dossiers)).mappings()
            return {row["path"]: rows.folder_of(row) for row in found}

    def copies(self) -> list[tuple[str, str, str]]:
        """SHA-256, dossier and path of every file that was read and whose content lies in several
        dossiers."""
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
        """By the path of a dossier that is there no more, its files whose content lies nowhere else."""
        with self._session.reading() as connection:
            return departed.of_lost_dossiers(connection)

    def paths(self) -> list[str]:
        """The paths of all catalogued files."""
        with self._session.reading() as connection:
            return list(connection.execute(select(files.c.path)).scalars())

    def dossier_of(self, path: str) -> str | None:
        """The path of the dossier in which a catalogued file lies."""
        with self._session.reading() as connection:
            return connection.execute(select(files.c.dossier).where(files.c.path == path)).scalar()

    def raw_path(self, path: str) -> bytes | None:
        """The path of a catalogued file in the bytes of the file system."""
        with self._session.reading() as connection:
            return connection.execute(select(files.c.raw_path).where(files.c.path == path)).scalar()

    def placed_by(self, checklists: str) -> None:
        """Every document is placed by these checklists (a digest of them)."""
        with self._session.writing(again=True) as connection:
            self._set_meta(connection, "checklists", checklists)

    def learned_by(self, digest: str) -> None:
        """Every document is placed with what was learned from these decisions (a digest of them)."""
        with self._session.writing(again=True) as connection:
            self._set_meta(connection, "learned", digest)

    def finish_scan(self, at: datetime, checklists: str) -> None:
        """The scan is done: say so, and make everything it wrote durable.

        ``checklists`` is a digest of the checklists by which the documents were placed.
        """
        with self._session.writing() as connection:
            self._set_meta(connection, "checklists", checklists)
            self._set_meta(connection, "scanned_at", at.astimezone(UTC).isoformat(timespec="seconds"))
        self._session.database.scan_finished()

    def note_drill(self, at: datetime) -> None:
        """A backup of the catalogue was restored elsewhere and could be used."""
        with self._session.writing() as connection:
            self._set_meta(connection, "drilled_at", at.astimezone(UTC).isoformat(timespec="seconds"))

    @staticmethod
    def _set_meta(connection: Connection, key: str, value: str) -> None:
        connection.execute(META_UPSERT, {"key": key, "value": value})

    def meta(self) -> dict[str, str]:
        """``scanned_at``, ``problems`` and what else is kept of the whole archive, as stored."""
        with self._session.reading() as connection:
            return {row.key: row.value for row in connection.execute(select(meta.c.key, meta.c.value))}

    def states(self, dossier: str | None = None, last: str | None = None) -> list[DossierState]:
        """All dossiers (or the one at that path, or those from there to ``last``) with what is known of their
        files, in path order."""
        with self._session.reading() as connection:
            return states.of_dossiers(connection, dossier, last)

    def documents_at(self, paths: Collection[str]) -> dict[tuple[str, int, str], Document]:
        """The documents of files at these paths, by path, ordinal and content."""
        with self._session.reading() as connection:
            return states.documents_at(connection, sorted(paths))

    def outside_paths(self) -> list[str]:
        """The paths of the files that lie in no dossier, sorted."""
        with self._session.reading() as connection:
            return states.outside_paths(connection)

    def count_inside(self) -> int:
        """How many files lie in dossiers."""
        query = select(func.count()).select_from(files).join(dossiers, dossiers.c.path == files.c.dossier)
        with self._session.reading() as connection:
            return connection.execute(query).scalar_one()

    def outside(self) -> Outside:
        """What is known of the files that lie in no dossier."""
        with self._session.reading() as connection:
            return states.outside(connection)

    def ignored_outside(self) -> tuple[IgnoredFile, ...]:
        """Files in no dossier that are left out on purpose."""
        with self._session.reading() as connection:
            return states.ignored_outside(connection)
