"""An adopted folder that was renamed or moved as a whole stays adopted, under its new path."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.model import OUTSIDE, Adoption
from dossier.scanner.discover import Walk


def follow_renames(archive: Archive, catalogue: Catalogue, found: Walk) -> bool:
    """Let adoptions follow their folders to where the walk ``found`` them; whether any did. For the writer.

    A folder is the same when it is not at its path any more and more
    than half of its files lie, under the same names in it, in one other folder that is no dossier.
    """
    there = {folder.path for folder in found.dossiers}
    gone = [
        each
        for each in catalogue.adoptions.all()
        if each.kind and each.path not in there and not (archive.root / each.path).is_dir()
    ]
    if not gone:
        return False
    outside = {(f.inode, f.size, f.mtime_ns): f.path for f in found.files if f.dossier == OUTSIDE}
    moved = [new for each in gone if (new := _moved(each, catalogue, outside)) is not None]
    if moved:
        now = datetime.now(UTC).replace(microsecond=0)
        catalogue.adoptions.adopt([replace(new, made_at=now) for _old, new in moved])
        for old, _new in moved:
            catalogue.adoptions.undo(old.path, old.author)
    return bool(moved)


def _moved(
    adoption: Adoption, catalogue: Catalogue, outside: dict[tuple[int, int, int], str]
) -> tuple[Adoption, Adoption] | None:
    known = [f for f in catalogue.known_files([adoption.path]).values() if f.dossier == adoption.path]
    there: Counter[str] = Counter()
    for file in known:
        inside = file.path[len(adoption.path) :]  # with the slash before it
        now = outside.get((file.inode, file.size, file.mtime_ns), "")
        if now.endswith(inside):
            there[now.removesuffix(inside)] += 1
    folder, count = next(iter(there.most_common(1)), ("", 0))
    return (adoption, replace(adoption, path=folder)) if folder and 2 * count > len(known) else None
