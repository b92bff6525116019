"""Keep the model learned from people's decisions up to date."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dossier import libraries
from dossier.archive import Archive
from dossier.model import FileEntry
from dossier.scanner.classify import learned
from dossier.scanner.pipeline import name_in_dossier

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue

_NAME = "learned.npz"


def model_file(archive: Archive) -> Path:
    """Return the path of the archive's learned model."""
    return archive.state / _NAME


def relearn(archive: Archive, catalogue: Catalogue) -> str:
    """Train the model again if the decisions have changed; return a digest of the decisions that the model
    in use was trained on; empty without a model (too few decisions, or no scikit-learn)."""
    file = model_file(archive)
    titles = catalogue.lessons.titles()
    if len(titles) < learned.LEAST_DECISIONS or not libraries.installed("sklearn"):
        file.unlink(missing_ok=True)
        return ""
    digest = hashlib.sha256(json.dumps([learned.VERSION, titles]).encode()).hexdigest()
    known = learned.load_model(file)
    if known is None or known.digest != digest:
        if not learned.available():
            file.unlink(missing_ok=True)
            return ""
        known = learned.train(_examples(catalogue), digest)
        known.save(file)
    return digest if known.kinds else ""


def contradicted(archive: Archive, catalogue: Catalogue) -> frozenset[int]:
    """Return ids of files with a document that the rules placed surely and the learned model contradicts."""
    known = learned.load_model(model_file(archive))
    if known is None or not known.kinds:
        return frozenset()
    kinds = catalogue.kinds()
    found = set()
    for file, path, dossier, document, places in catalogue.lessons.settled():
        entry = FileEntry(path, b"", 0, 0, 0, dossier)
        text = learned.describe(document.header, document.text, *name_in_dossier(entry, document))
        if known.contradicts(kinds.get(dossier, ""), text, {place.part for place in places}):
            found.add(file)
    return frozenset(found)


def _examples(catalogue: Catalogue) -> list[learned.Example]:
    kinds = catalogue.kinds()
    found = []
    for path, dossier, document, placements in catalogue.lessons.all():
        entry = FileEntry(path, b"", 0, 0, 0, dossier)
        text = learned.describe(document.header, document.text, *name_in_dossier(entry, document))
        part = placements[0].part if placements else ""
        found.append(learned.Example(kinds.get(dossier, ""), part, text))
    return found


@dataclass(frozen=True, slots=True)
class Learning:
    """State of learning: package installed, model in use, number of decisions."""

    installed: bool
    on: bool
    decisions: int
    needed: int = learned.LEAST_DECISIONS


def learning(archive: Archive, catalogue: Catalogue) -> Learning:
    """Return the state of learning in an archive."""
    count = len(catalogue.lessons.titles())
    known = learned.load_model(model_file(archive))
    return Learning(learned.available(), bool(known and known.kinds), count)
