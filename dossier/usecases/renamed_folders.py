"""Keep people's decisions about folders and files where these were renamed or moved since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.model import OUTSIDE, Adoption
from dossier.scanner.walk_result import Walk


def follow_renames(archive: Archive, catalogue: Catalogue, found: Walk) -> bool:
    """Move adoptions of renamed folders, and chosen files in them, to the new paths; return whether any
    moved. The caller holds the archive's lock.

    A folder counts as renamed when its path no longer exists and more than half of its files are now, under
    the same relative paths, in one other folder that is no dossier.
    """
    dossiers = {folder.path for folder in found.dossiers}
    adopted = catalogue.adoptions.all()
    seen = {file.path for file in found.files} if any(each.chosen for each in adopted) else set()
    lost = {
        each.path: [file for file in each.chosen if file not in seen and not (archive.root / file).exists()]
        for each in adopted
    }
    gone = [
        each
        for each in adopted
        if each.kind and each.path not in dossiers and not (archive.root / each.path).is_dir()
    ]
    if not gone and not any(lost.values()):
        return False
    outside = {(f.inode, f.size, f.mtime_ns): f.path for f in found.files if f.dossier == OUTSIDE}
    moved = [pair for each in gone if (pair := _moved(each, catalogue, outside)) is not None]
    followed = {old.path for old, _new in moved}
    for each in adopted:
        paths = {} if each.path in followed else _moved_files(lost[each.path], catalogue, outside)
        if paths:
            moved.append((each, replace(each, chosen=tuple(paths.get(f, f) for f in each.chosen))))
    if moved:
        at = datetime.now(UTC).replace(microsecond=0)
        with catalogue.together():
            catalogue.adoptions.record(replace(new, made_at=at) for _old, new in moved)
            for old, new in moved:
                if new.path != old.path:
                    catalogue.adoptions.end(old.path, author=old.author)
    return bool(moved)


def _moved_files(
    lost: Sequence[str], catalogue: Catalogue, outside: dict[tuple[int, int, int], str]
) -> dict[str, str]:
    """Return the new paths of lost files that are now elsewhere outside the dossiers."""
    known = catalogue.known_files(lost).values() if lost else ()
    return {f.path: now for f in known if (now := outside.get((f.inode, f.size, f.mtime_ns)))}


def _moved(
    adoption: Adoption, catalogue: Catalogue, outside: dict[tuple[int, int, int], str]
) -> tuple[Adoption, Adoption] | None:
    known = [f for f in catalogue.known_files([adoption.path]).values() if f.dossier == adoption.path]
    candidates: Counter[str] = Counter()
    for file in known:
        inside = file.path[len(adoption.path) :]  # with the leading slash
        now = outside.get((file.inode, file.size, file.mtime_ns), "")
        if now.endswith(inside):
            candidates[now.removesuffix(inside)] += 1
    folder, count = next(iter(candidates.most_common(1)), ("", 0))
    return (adoption, replace(adoption, path=folder)) if folder and 2 * count > len(known) else None
