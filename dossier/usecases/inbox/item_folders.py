"""Choose the folder in a dossier for a file of an item, following the dossier's existing arrangement."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Collection, Sequence

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.model import Document, DossierFolder, Source
from dossier.plain_file import place
from dossier.scanner.classify.names import numbering
from dossier.scanner.propose.names import below
from dossier.scanner.walk_result import readable
from dossier.usecases.create import item_folder
from dossier.usecases.file_names import raw_path_in
from dossier.usecases.inbox.folders import hold_folder


def folder_for(archive: Archive, catalogue: Catalogue, folder: DossierFolder, part: str) -> bytes:
    """Return the raw path of the folder, existing or not, for documents of a part (empty: no part).

    It is the folder that contains most documents of the part, first of all those placed by people; else a
    folder with the item's number; if the dossier has such folders for other items, a new one like them; else
    the dossier's own folder.
    """
    root = folder.raw_path
    if not part:
        return root
    checklist = archive.checklists[folder.kind]
    states = catalogue.states(folder.path)
    documents = [document for state in states for document in state.documents]
    item = checklist.item_of(part)
    of_item = frozenset(each.id for each in item.parts)
    for parts in (frozenset({part}), of_item):
        if chosen := _commonest(folder, documents, parts):
            raw = catalogue.raw_path(chosen)
            if raw is not None:
                return raw.rpartition(b"/")[0]
    numbered = _numbered(archive, folder, {each.number for each in checklist.items})
    if item.number in numbered:
        return raw_path_in(root, numbered[item.number])
    if numbered:
        return raw_path_in(root, os.fsencode(item_folder(item)))
    return root


def _commonest(folder: DossierFolder, documents: Sequence[Document], parts: frozenset[str]) -> str:
    """Return the path of a file in the folder that contains most documents of these parts; empty if there is
    none."""
    lying: Counter[str] = Counter()
    example: dict[str, str] = {}
    for document in documents:
        first = document.placements[0] if document.placements else None
        if first is None or first.part not in parts or document.review or document.security is not None:
            continue
        if not below(folder.path, document.path):  # chosen: what is put beside it would be outside
            continue
        where = document.path.rpartition("/")[0]
        lying[where] += 100 if first.source is Source.PERSON else 1
        example.setdefault(where, document.path)
    lying.pop(folder.path, None)  # files directly in the dossier do not show an arrangement
    return example[lying.most_common(1)[0][0]] if lying else ""


def _numbered(archive: Archive, folder: DossierFolder, items: Collection[int]) -> dict[int, bytes]:
    """Return the dossier's folders whose names contain an item's number, by that number."""
    root = os.fsencode(archive.root)
    found: dict[int, bytes] = {}
    if not os.path.lexists(place(root, folder.raw_path)):  # a dossier of chosen files
        return found
    with hold_folder(root, folder.raw_path) as opened:
        for name in sorted(opened.names()):
            number = numbering(readable(os.fsencode(name)))
            status = opened.status(os.fsencode(name)) if number and number.item in items else None
            if number and status and stat.S_ISDIR(status.st_mode):
                found.setdefault(number.item, os.fsencode(name))
    return found
