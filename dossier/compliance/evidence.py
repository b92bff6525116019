"""What folders tell of files nobody read: pictures in an item folder; folders that were not listed. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from dossier.checklists.schema import Checklist
from dossier.model import Document, DossierState, Placement, UnreadFile
from dossier.vietnamese import words

_ITEM_FOLDER = re.compile(r"(?:muc )?0?(\d{1,2})(?: .*)?")


def with_evidence(state: DossierState, checklist: Checklist) -> DossierState:
    """Place evidence files (pictures, films) by their folder; a person's placements are kept."""
    if checklist.evidence is None:
        return state
    unread = tuple(_file(file, state, checklist) for file in state.unread)
    documents = tuple(_picture(document, state, checklist) for document in state.documents)
    return replace(state, unread=unread, documents=documents)


def folder_item(path: str, dossier: str) -> int | None:
    """Number of the item in the name of the innermost numbered folder."""
    inside = path if dossier == "." else path[len(dossier) + 1 :]
    for name in reversed(inside.split("/")[:-1]):
        if match := _ITEM_FOLDER.fullmatch(words(name)):
            return int(match[1])
    return None


def _file(file: UnreadFile, state: DossierState, checklist: Checklist) -> UnreadFile:
    place = None if file.placements else _place(file.path, state.folder.path, checklist)
    return replace(file, placements=(place,)) if place else file


def _picture(document: Document, state: DossierState, checklist: Checklist) -> Document:
    """Place a picture whose few words left its placement open: a banner in a photograph is no title."""
    if not document.review or document.security is not None:
        return document
    place = _place(document.path, state.folder.path, checklist)
    return replace(document, placements=(place,), review=False) if place else document


def _place(path: str, dossier: str, checklist: Checklist) -> Placement | None:
    extensions, parts = _of(checklist)
    if path.rpartition(".")[2].lower() not in extensions:
        return None
    item = folder_item(path, dossier)
    part = parts.get(item) if item is not None else None
    return Placement(item, part, 1.0) if item is not None and part else None


@lru_cache(maxsize=16)
def _of(checklist: Checklist) -> tuple[frozenset[str], dict[int, str]]:
    evidence = checklist.evidence
    assert evidence is not None
    return frozenset(evidence.extensions), {checklist.item_of(part).number: part for part in evidence.parts}


def unseen_folders(state: DossierState) -> tuple[str, ...]:
    """Folders of the dossier that could not be listed, and of which nothing is known from earlier."""
    known = [*(document.path for document in state.documents), *(file.path for file in state.unread)]
    return tuple(
        left.path
        for left in state.ignored
        if left.unseen and not any(path.startswith(f"{left.path}/") for path in known)
    )
