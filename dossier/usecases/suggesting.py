"""Propose folders outside the dossiers that look like dossiers themselves, at the end of a scan."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.model import Adoption, Document, FileEntry
from dossier.scanner.pipeline import Processor, Task
from dossier.scanner.propose import propose
from dossier.scanner.propose.candidate import LoosePaper
from dossier.vietnamese import words

_VERSION = 10  # raise by one when a change of the code proposes other folders for the same documents
_CERTAIN = 0.8  # minimum confidence of a placement that supports a proposal


def suggest(archive: Archive, catalogue: Catalogue, processor: Processor) -> None:
    """Propose folders that look like dossiers, unless nothing outside dossiers has changed since the last
    time. The caller holds the archive's lock."""
    digest = _digest(archive, catalogue)
    if catalogue.adoptions.proposed()[0] == digest:
        return
    if not digest:
        catalogue.adoptions.propose(digest, ())
        return
    outside = catalogue.outside()
    documents = {(d.path, d.ordinal): d for d in outside.documents if d.security is None}
    documents = {key: d for key, d in documents.items() if not archive.in_inbox(d.path)}
    papers = [
        LoosePaper(d.path, d.ordinal, d.header.abstract, d.header.number_symbol, d.header.issuer_level)
        for d in documents.values()
    ]
    said = {each.path: each.chosen for each in catalogue.adoptions.all() if each.kind}
    dossiers = [
        Adoption(each.path, each.kind, each.name, "", datetime.min, chosen=said.get(each.path, ()))
        for each in catalogue.folders().values()
    ]

    def place(paper: LoosePaper, kind: str, name: str) -> str:
        return _part(catalogue, processor, documents[paper.path, paper.ordinal], kind, name)

    def text(paper: LoosePaper) -> str:
        return words(catalogue.feed.text(paper.path, paper.ordinal))

    files = [path for path in outside.files if not archive.in_inbox(path)]
    found = propose(papers, files, dossiers, archive.checklists, place, archive.root.name, text)
    catalogue.adoptions.propose(digest, found)


def _part(catalogue: Catalogue, processor: Processor, document: Document, kind: str, name: str) -> str:
    """Return the part that a document would surely be placed in, in a dossier of ``kind`` named ``name``;
    empty if none."""
    logical = document.logical(catalogue.feed.text(document.path, document.ordinal))
    folder = name.replace("/", " ")
    path = f"{folder}/{document.path.rpartition('/')[2]}"
    task = Task(FileEntry(path, b"", document.size, 0, 0, folder), kind)
    placed = processor.place(task, logical)
    sure = [p for p in placed.placements if p.confidence >= _CERTAIN and not placed.review]
    return sure[0].part if sure else ""


def _digest(archive: Archive, catalogue: Catalogue) -> str:
    """Return a digest of everything that proposals depend on; empty if no file is outside the dossiers."""
    outside = catalogue.adoptions.grounds()
    if not outside:
        return ""
    grounds = [
        _VERSION,
        archive.root.name,
        repr([checklist for _kind, checklist in sorted(archive.checklists.items())]),
        sorted((each.path, each.kind, each.name) for each in catalogue.folders().values()),
        [(each.path, each.chosen) for each in catalogue.adoptions.all() if each.chosen],
        outside,
    ]
    return hashlib.sha256(json.dumps(grounds).encode()).hexdigest()
