"""What a file that bears a stamp of secrecy was before: the file known at its place, and others that went as
it came. A paper is stamped, saved under another name and its old file deleted in one step; or the name of the
old one is given to another paper."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.compliance.version_groups import runs
from dossier.model import FileRecord, KnownFile, LogicalDocument, PlacedDocument
from dossier.usecases.forget import unsay

# Of the runs of words of the shorter text, those that both have. Lower than for versions of one paper: what
# is taken for it by mistake loses some reports of nights, what is missed stays to be read.
_ALIKE = 0.5
_OTHER_TYPE = 0.9  # the same of papers of two types: short ones share head, foot and phrases
_MOST_GONE = 1000  # files that went and are compared with one that is sealed
_MOST_REPLACED = 300  # former contents that are kept in memory, for what is sealed later in the same pass

Documents = tuple[LogicalDocument, ...]


class _Content(NamedTuple):
    """What a file said that another content took the place of."""

    file: KnownFile
    documents: Documents


class Former:
    """The sealed files of one pass and what may have become them."""

    def __init__(self, archive: Archive, catalogue: Catalogue) -> None:
        self._archive = archive
        self._catalogue = catalogue
        self._sealed: list[Documents] = []
        self._replaced: deque[_Content] = deque(maxlen=_MOST_REPLACED)
        self._waiting: list[_Content] = []

    @staticmethod
    def is_sealed(record: FileRecord) -> bool:
        """Whether the file bears a stamp."""
        return any(placed.security for placed in record.documents)

    def forget(self, record: FileRecord, known: KnownFile | None, gone: Sequence[KnownFile]) -> None:
        """A file that bears a stamp was read: forget what it was when nobody knew of the stamp.

        ``known``: the file at its place; ``gone``: files that are no longer there, still catalogued.
        """
        said = record.unkept
        placed = self._placed(known) if known else ()
        if known and placed and not any(old.security for old in placed):
            hashes = {known.sha256, record.sha256} - {""}
            self._unsay(known, hashes, (*(old.document for old in placed), *said))
        entry = record.entry
        near = sorted(gone, key=lambda file: (file.inode != entry.inode, file.dossier != entry.dossier))
        for file in near[:_MOST_GONE]:
            placed = self._placed(file)
            if not placed or any(old.security for old in placed):
                continue
            documents = tuple(old.document for old in placed)
            # Systems give the number of a deleted file to the next one: a hint, no proof.
            if _are_like(documents, said, enough=0.0 if file.inode == entry.inode != 0 else _ALIKE):
                self._catalogue.remove([file])  # before: what is noted of it then is redacted
                self._unsay(file, {file.sha256} - {""}, (*documents, *said))
        for content in self._replaced:
            if _are_like(content.documents, said):
                self._unsay(content.file, {content.file.sha256} - {""}, (*content.documents, *said))
        papers = [(document.header.number_symbol, document.header.date) for document in said]
        texts = list(_texts(said))
        for left in self._catalogue.secrecy.departed_as(entry.dossier, papers):
            unsay(self._archive, self._catalogue, left.path, left.dossier, {left.sha256} - {""}, texts)
        self._sealed.append(said)

    def gives_way(self, record: FileRecord, known: KnownFile) -> bool:
        """Remember what ``record`` takes the place of; whether a file sealed before in this pass was that."""
        if record.sha256 == known.sha256:
            return False
        placed = self._placed(known)
        if not placed or any(old.security for old in placed) or self.is_sealed(record):
            return False
        content = _Content(known, tuple(old.document for old in placed))
        if not any(_are_like(content.documents, said) for said in self._sealed):
            self._replaced.append(content)
            return False
        self._waiting.append(content)
        return True

    def forget_replaced(self) -> None:
        """Forget what :meth:`gives_way` told of, once the new content is catalogued."""
        for content in self._waiting:
            self._unsay(content.file, {content.file.sha256} - {""}, content.documents)
        self._waiting.clear()

    def _placed(self, file: KnownFile) -> tuple[PlacedDocument, ...]:
        content = self._catalogue.content(file)
        return content[1] if content else ()

    def _unsay(self, file: KnownFile, hashes: set[str], documents: Documents) -> None:
        unsay(self._archive, self._catalogue, file.path, file.dossier, hashes, _texts(documents))


def _texts(documents: Documents) -> Iterable[str]:
    for document in documents:
        yield from (document.text, document.header.number_symbol)


def _are_like(some: Documents, others: Documents, enough: float = _ALIKE) -> bool:
    """Whether any of these papers is one of those: by number and day, or by what they say."""
    return any(_is_like(one, other, enough) for one in some for other in others)


def _is_like(one: LogicalDocument, other: LogicalDocument, enough: float) -> bool:
    here, there = one.header, other.header
    if here.number_symbol and here.number_symbol == there.number_symbol:
        return not (here.date and there.date) or here.date == there.date
    if here.type and there.type and here.type != there.type:
        enough = _OTHER_TYPE
    said, repeated = runs(one.text), runs(other.text)
    return not enough or len(said & repeated) > enough * min(len(said), len(repeated))
