"""The files in the inbox, with their documents and copies already in dossiers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.model import Document, UnreadFile


@dataclass(frozen=True, slots=True)
class Waits:
    """A file in the inbox. ``name``: path within the inbox; ``documents``: those in the file; ``unread``: why
    it could not be read; ``copies``: paths of files in dossiers with the same content."""

    path: str
    name: str
    sha256: str
    documents: tuple[Document, ...]
    unread: UnreadFile | None
    copies: tuple[str, ...]

    @property
    def secret(self) -> bool:
        """Whether a document in the file has a secrecy stamp: the file cannot be filed."""
        return any(document.security is not None for document in self.documents)

    @property
    def folder(self) -> str:
        """The subfolder of the inbox that contains the file; empty if it is in the inbox itself."""
        return self.name.rpartition("/")[0]


def files_waiting(archive: Archive, catalogue: Catalogue) -> list[Waits]:
    """Return all files in the inbox, secret ones first, then by name."""
    if not archive.inbox:
        return []
    there = catalogue.waiting.below(archive.inbox)
    documents: dict[str, list[Document]] = {}
    for document in there.documents:
        documents.setdefault(document.path, []).append(document)
    unread = {file.path: file for file in there.unread}
    hashes = {path: found[0].sha256 for path, found in documents.items()}
    hashes |= {path: file.sha256 for path, file in unread.items() if path not in hashes}
    copies = catalogue.waiting.copies_of(set(hashes.values()))
    found = [
        Waits(
            path,
            path.removeprefix(f"{archive.inbox}/"),
            hashes.get(path, ""),
            tuple(documents.get(path, ())),
            unread.get(path),
            tuple(copies.get(hashes.get(path, ""), ())),
        )
        for path in there.files
    ]
    return sorted(found, key=lambda each: (not each.secret, each.name.casefold()))


def files_not_read(archive: Archive, known: Sequence[Waits]) -> int:
    """Return how many files lie in the inbox that no scan has met yet."""
    from dossier.scanner.discover import walk

    met = {file.path for file in known}
    below = f"{archive.inbox}/"
    there = walk(archive, [archive.inbox]).files if archive.inbox else []
    return sum(file.path.startswith(below) and file.path not in met for file in there)
