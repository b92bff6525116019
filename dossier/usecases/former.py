"""Find the earlier, unstamped versions of a sealed file: the file known at its path, and files that
disappeared when it appeared. A paper may be stamped, saved under another name and its old file deleted at
once, or the old file's name may be given to another paper."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.compliance.version_groups import runs
from dossier.model import FileRecord, KnownFile, LogicalDocument, PlacedDocument
from dossier.usecases.forget import unsay

# Minimum share of common word sequences in the shorter of two texts. Lower than for versions of one paper: a
# false match only loses some nightly reports, a missed one leaves secret text readable.
_ALIKE = 0.5
_OTHER_TYPE = 0.9  # for documents of different types: short ones share head, foot and phrases
_MOST_GONE = 1000  # maximum disappeared files compared with a sealed one
_MOST_REPLACED = 300  # maximum former contents kept in memory, for files sealed later in the same pass

Documents = tuple[LogicalDocument, ...]


class _Content(NamedTuple):
    """Former content of a file that was replaced by another content."""

    file: KnownFile
    documents: Documents


class Former:
    """Tracker, for one scan, of sealed files and of earlier contents that may be the same documents."""

    def __init__(self, archive: Archive, catalogue: Catalogue) -> None:
        self._archive = archive
        self._catalogue = catalogue
        self._sealed: list[Documents] = []
        self._replaced: deque[_Content] = deque(maxlen=_MOST_REPLACED)
        self._waiting: list[_Content] = []

    @staticmethod
    def is_sealed(record: FileRecord) -> bool:
        """Return whether the file bears a stamp of secrecy."""
        return any(placed.security for placed in record.documents)

    def forget(self, record: FileRecord, known: KnownFile | None, gone: Sequence[KnownFile]) -> None:
        """Redact the earlier versions of a file just read that bears a stamp.

        ``known``: catalogued file at the same path; ``gone``: catalogued files that no longer exist on disk.
        """
        sealed = record.unkept
        placed = self._placed(known) if known else ()
        if known and placed and not any(old.security for old in placed):
            hashes = {known.sha256, record.sha256} - {""}
            self._unsay(known, hashes, (*(old.document for old in placed), *sealed))
        entry = record.entry
        near = sorted(gone, key=lambda file: (file.inode != entry.inode, file.dossier != entry.dossier))
        for file in near[:_MOST_GONE]:
            placed = self._placed(file)
            if not placed or any(old.security for old in placed):
                continue
            documents = tuple(old.document for old in placed)
            # File systems reuse the inode of a deleted file: an equal inode is a hint, no proof.
            if _are_like(documents, sealed, enough=0.0 if file.inode == entry.inode != 0 else _ALIKE):
                self._catalogue.remove([file])  # first, so that its record of departure is redacted, too
                self._unsay(file, {file.sha256} - {""}, (*documents, *sealed))
        for content in self._replaced:
            if _are_like(content.documents, sealed):
                self._unsay(content.file, {content.file.sha256} - {""}, (*content.documents, *sealed))
        papers = [(document.header.number_symbol, document.header.date) for document in sealed]
        texts = list(_texts(sealed))
        for left in self._catalogue.secrecy.departed_as(entry.dossier, papers):
            unsay(self._archive, self._catalogue, left.path, left.dossier, {left.sha256} - {""}, texts)
        self._sealed.append(sealed)

    def gives_way(self, record: FileRecord, known: KnownFile) -> bool:
        """Remember the content that ``record`` replaces; return whether it resembles a file sealed earlier in
        this pass, so that :meth:`forget_replaced` must be called."""
        if record.sha256 == known.sha256:
            return False
        placed = self._placed(known)
        if not placed or any(old.security for old in placed) or self.is_sealed(record):
            return False
        content = _Content(known, tuple(old.document for old in placed))
        if not any(_are_like(content.documents, sealed) for sealed in self._sealed):
            self._replaced.append(content)
            return False
        self._waiting.append(content)
        return True

    def forget_replaced(self) -> None:
        """Redact the contents for which :meth:`gives_way` returned true, once the new ones are catalogued."""
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
    """Return whether any document of ``some`` is the same as one of ``others``, by number and date or by
    text."""
    return any(_is_like(one, other, enough) for one in some for other in others)


def _is_like(one: LogicalDocument, other: LogicalDocument, enough: float) -> bool:
    header, other_header = one.header, other.header
    if header.number_symbol and header.number_symbol == other_header.number_symbol:
        return not (header.date and other_header.date) or header.date == other_header.date
    if header.type and other_header.type and header.type != other_header.type:
        enough = _OTHER_TYPE
    sequences, other_sequences = runs(one.text), runs(other.text)
    return not enough or len(sequences & other_sequences) > enough * min(len(sequences), len(other_sequences))
