"""The outbox through which the full-text index follows the catalogue."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import Column, Select, bindparam, delete, func, select

from dossier.batches import batched
from dossier.catalogue import encoding, meta, rows
from dossier.catalogue.decisions import in_force
from dossier.catalogue.session import Session
from dossier.catalogue.tables import (
    MOST_ASKED,
    documents,
    files,
    outbox,
    tell_index,
    texts,
)
from dossier.errors import IndexUnusableError
from dossier.i18n import _
from dossier.model import Document
from dossier.model.places import PagePlaces, unpack

_FED = "index_fed"  # key of ``meta``


class Fed(NamedTuple):
    """The index fed by the outbox: its location, the mark of its last commit, which may have been
    interrupted, and of the one before."""

    place: str = ""
    last: str = ""
    before: str = ""


class Feed:
    """Paths not yet indexed, and the documents to be indexed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def pending(self, paths: Collection[str] | None = None) -> dict[str, int]:
        """Paths not yet indexed, sorted, each with the mark of its change. ``paths``: only these."""
        query = select(outbox.c.path, outbox.c.mark).order_by(outbox.c.path)
        queries = [query]
        if paths is not None:
            queries = [query.where(outbox.c.path.in_(some)) for some in batched(sorted(paths), MOST_ASKED)]
        with self._session.reading() as connection:
            return {row.path: row.mark for each in queries for row in connection.execute(each)}

    def behind(self) -> int:
        """Number of paths not yet indexed."""
        with self._session.reading() as connection:
            return connection.execute(select(func.count()).select_from(outbox)).scalar_one()

    def indexable(self) -> set[str]:
        """Paths of the files with documents to be indexed: all except secret ones."""
        query = select(files.c.path).join(documents, documents.c.file_id == files.c.id)
        with self._session.reading() as connection:
            return set(connection.execute(query.where(documents.c.security.is_(None))).scalars())

    def fed(self) -> Fed:
        """The index fed by the outbox."""
        with self._session.reading() as connection:
            return Fed(*json.loads(meta.value(connection, _FED) or "[]"))

    def committing(self, place: str, before: str = "") -> str:
        """Announce a commit of the index at ``place``; return its mark. ``before``: the mark of its last
        commit; empty for a new index, which is fed by the outbox from now on.

        This first makes all catalogued changes durable. Otherwise a power cut could leave a file in the index
        that the catalogue does not know, and that would stay there if it were gone at the next scan.
        Raises :class:`IndexUnusableError` if the outbox now feeds another index.
        """
        mark = uuid4().hex  # always a new value: SQLite would not sync for an unchanged one
        with self._session.writing() as connection:
            known = Fed(*json.loads(meta.held(connection, _FED, without="[]")))
            if before and before not in (known.last, known.before):
                raise IndexUnusableError(_("Chỉ mục này đã được thay bằng chỉ mục khác."))
            meta.keep(connection, _FED, json.dumps([place, mark, before]))
        return mark

    def settled(self, taken: Mapping[str, int]) -> None:
        """Remove entries that the index has committed (from :meth:`pending`), unless they changed since."""
        todo = [{"gone": path, "seen": mark} for path, mark in taken.items()]
        this = (outbox.c.path == bindparam("gone")) & (outbox.c.mark == bindparam("seen"))
        if todo:
            with self._session.writing(again=True) as connection:
                connection.execute(delete(outbox).where(this), todo)

    def everything_pending(self) -> None:
        """Mark every file as not indexed, for a new index."""
        with self._session.writing() as connection:
            paths = connection.execute(select(files.c.path)).scalars().all()
            tell_index(connection, paths)

    def text(self, path: str, ordinal: int) -> str:
        """The text of a document; empty if there is none."""
        with self._session.reading() as connection:
            packed = connection.execute(_of_document(texts.c.text, path, ordinal)).scalar()
        return encoding.unpack_text(packed) if packed else ""

    def places(self, path: str, ordinal: int) -> tuple[PagePlaces, ...]:
        """Positions of the words of a document, by page; empty if not known."""
        columns = _of_document(texts.c.text, path, ordinal).add_columns(texts.c.places)
        with self._session.reading() as connection:
            row = connection.execute(columns).first()
        return unpack(row.places, encoding.unpack_text(row.text)) if row and row.places else ()

    def to_index(self, paths: Sequence[str]) -> dict[str, list[tuple[Document, str, str]]]:
        """By path, the documents of existing files, each with its text and its dossier's name."""
        query = (
            rows.select_documents(texts.c.text)
            .join(texts, texts.c.document_id == documents.c.id)
            .where(files.c.path.in_(bindparam("wanted", expanding=True)))
        )
        found: dict[str, list[tuple[Document, str, str]]] = {}
        with self._session.reading() as connection:
            words = in_force(connection)
            for some in batched(paths, MOST_ASKED):
                for row in connection.execute(query, {"wanted": some}).mappings():
                    document = rows.document_of(row, words.places, words.fields)
                    entry = (document, encoding.unpack_text(row["text"]), row["dossier"])
                    found.setdefault(row["path"], []).append(entry)
        return found


def _of_document(column: Column[Any], path: str, ordinal: int) -> Select[Any]:
    return (
        select(column)
        .join(documents, documents.c.id == texts.c.document_id)
        .join(files, files.c.id == documents.c.file_id)
        .where(files.c.path == path, documents.c.ordinal == ordinal)
    )
