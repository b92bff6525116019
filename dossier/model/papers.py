"""One paper, however many files hold it: the one that counts, its other versions, what is attached to it."""

from __future__ import annotations

from dataclasses import dataclass

from dossier.model.documents import Document


@dataclass(frozen=True, slots=True)
class Difference:
    """What a version says otherwise than the one that counts.

    ``field`` is the name of a field of :class:`~dossier.model.Header` (``date``, ``signer`` …), or ``pages``;
    ``counts`` what the version that counts says, ``other`` what this one says, both as they are stored.
    """

    document: str
    field: str
    counts: str
    other: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of a dossier. ``document`` is the version that counts: the signed original where there is
    one. ``versions`` are its drafts, scans and copies, ``annexes`` the papers issued with it under its number
    (a decision's regulation). Every document of a dossier is in exactly one paper, once."""

    document: Document
    versions: tuple[Document, ...] = ()
    annexes: tuple[Paper, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents of it: the one that counts, its versions, then those of its annexes."""
        return (self.document, *self.versions, *(each for paper in self.annexes for each in paper.documents))
