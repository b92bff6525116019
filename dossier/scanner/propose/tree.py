"""Folders by their paths: ``.`` is the archive itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

ROOT = "."


def folder_of(path: str) -> str:
    """The folder that a path lies in."""
    return path.rpartition("/")[0] or ROOT


def name_of(folder: str) -> str:
    """The folder's own name; of the archive itself none."""
    return "" if folder == ROOT else folder.rpartition("/")[2]


def upwards(folder: str) -> Iterator[str]:
    """The folder and all above it, the archive last."""
    while folder != ROOT:
        yield folder
        folder = folder_of(folder)
    yield ROOT


def below(folder: str, path: str) -> bool:
    """Whether the path lies in the folder, at any depth."""
    return path != folder and (folder == ROOT or path.startswith(f"{folder}/"))


def child_towards(folder: str, path: str) -> str:
    """The folder directly in ``folder`` on the way to what lies below it; ``folder`` for what lies in it."""
    rest = path if folder == ROOT else path[len(folder) + 1 :]
    first, slash, _more = rest.partition("/")
    if not slash:
        return folder
    return first if folder == ROOT else f"{folder}/{first}"


def outermost(folders: Iterable[str]) -> list[str]:
    """Those that lie in none of the others, in order."""
    kept: list[str] = []
    for folder in sorted(set(folders), key=lambda each: (each != ROOT, each.count("/"), each)):
        if not any(below(outer, folder) for outer in kept):
            kept.append(folder)
    return sorted(kept)
