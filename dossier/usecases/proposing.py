"""Propose folders as dossiers, from what is catalogued outside of them."""

from __future__ import annotations

import hashlib
import json

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.model import Document, FileEntry, LogicalDocument
from dossier.scanner.pipeline import Processor, Task
from dossier.scanner.propose import Paper, propose

_VERSION = 3  # raise by one whenever other folders are proposed of the same papers
_CERTAIN = 0.8  # confidence of a place that a proposal may rest on


def suggest(archive: Archive, catalogue: Catalogue, processor: Processor) -> None:
    """Look for folders that look like dossiers, unless nothing outside has changed since. For the writer."""
    digest = _digest(archive, catalogue)
    if catalogue.adoptions.proposed()[0] == digest:
        return
    outside = catalogue.outside()
    documents = {(d.path, d.ordinal): d for d in outside.documents if d.security is None}
    papers = [
        Paper(d.path, d.ordinal, d.header.abstract, d.header.number_symbol, d.header.issuer_level)
        for d in documents.values()
    ]
    folders = catalogue.folders()

    def place(paper: Paper, kind: str, name: str) -> str:
        return _part(catalogue, processor, documents[paper.path, paper.ordinal], kind, name)

    found = propose(papers, outside.files, folders.keys(), archive.checklists, place, archive.root.name)
    catalogue.adoptions.propose(digest, found)


def _part(catalogue: Catalogue, processor: Processor, document: Document, kind: str, name: str) -> str:
    """The part that a paper would certainly be in a dossier of that kind and name, or nothing."""
    logical = LogicalDocument(
        document.ordinal,
        document.pages,
        document.header,
        catalogue.feed.text(document.path, document.ordinal),
        document.reading,
        document.confidence,
        document.inner,
    )
    folder = name.replace("/", " ")
    path = f"{folder}/{document.path.rpartition('/')[2]}"
    task = Task(FileEntry(path, b"", document.size, 0, 0, folder), kind)
    placed = processor.place(task, logical)
    sure = [p for p in placed.placements if p.confidence >= _CERTAIN and not placed.review]
    return sure[0].part if sure else ""


def _digest(archive: Archive, catalogue: Catalogue) -> str:
    """Changes whenever something does that proposals rest on."""
    rests = [
        _VERSION,
        archive.root.name,
        repr([checklist for _kind, checklist in sorted(archive.checklists.items())]),
        sorted(catalogue.kinds()),
        catalogue.adoptions.grounds(),
    ]
    return hashlib.sha256(json.dumps(rests).encode()).hexdigest()
