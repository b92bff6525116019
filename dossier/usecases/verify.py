"""Look at the bytes of a share of the files again, so that silent damage is found while a copy exists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.model import KnownFile
from dossier.scanner.verify import Bytes, look
from dossier.usecases.locking import writing

Progress = Callable[[int, int, str], None]  # done, total, path
_BATCH = 2000  # files between two notes in the catalogue: what a crash makes us look at again


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at; ``altered`` and ``unreadable`` are paths."""

    files: int
    altered: tuple[str, ...]
    unreadable: tuple[str, ...]


def verify(archive: Archive, catalogue: Catalogue, progress: Progress | None = None) -> Verified:
    """Hash the files whose turn it is and keep in the catalogue what was found.

    The lock is taken for the notes only. Raises :class:`~dossier.errors.CatalogueError`.
    """
    todo = catalogue.watermarks.next_share(archive.config.nightly.verify_days)
    found: dict[Bytes, list[KnownFile]] = {verdict: [] for verdict in Bytes}
    settled = dict.fromkeys(Bytes, 0)
    for done, (raw_path, file) in enumerate(todo, start=1):
        found[look(str(archive.root), file, raw_path)].append(file)
        if progress:
            progress(done, len(todo), file.path)
        if done % _BATCH == 0 or done == len(todo):
            intact, altered = (
                found[verdict][settled[verdict] :] for verdict in (Bytes.INTACT, Bytes.ALTERED)
            )
            with writing(archive, "nightly"):
                catalogue.watermarks.settle(intact, altered)
            settled = {verdict: len(files) for verdict, files in found.items()}
    return Verified(
        len(todo),
        tuple(file.path for file in found[Bytes.ALTERED]),
        tuple(file.path for file in found[Bytes.UNREADABLE]),
    )
