"""Full-text search. The index is disposable: it can always be rebuilt from the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dossier import engines, libraries
from dossier.errors import IndexUnusableError
from dossier.i18n import _
from dossier.index import folder
from dossier.index.answer import Hit, Index, Results
from dossier.index.interface import Filters, IndexedDocument, SearchOptions, Sort, Writer
from dossier.os_errors import in_words

__all__ = [
    "Filters",
    "Hit",
    "Index",
    "IndexedDocument",
    "NewIndex",
    "Results",
    "SearchOptions",
    "Sort",
    "Writer",
    "chosen_engine",
    "in_force",
    "is_filled",
    "new_index",
    "open_index",
]


def chosen_engine(wanted: str = engines.AUTO) -> str:
    """Name of the engine to use: ``wanted``, or the next best one that works on this machine."""
    names = list(engines.INDEX)
    better = names[names.index(wanted) if wanted in names else 0 : -1]
    return next((name for name in better if libraries.usable(name)), names[-1])


def _class(name: str) -> Any:
    return engines.load(__name__, engines.INDEX[name])


def is_filled(base: Path, wanted: str = "auto") -> bool:
    """Whether ``base`` has an active index of the current engine and format."""
    return in_force(base, wanted) is not None


def in_force(base: Path, wanted: str = "auto") -> Path | None:
    """Folder of the active index in ``base``; ``None`` if there is none of the current engine and format."""
    name = chosen_engine(wanted)
    return folder.current(base, name, _class(name).VERSION)


def open_index(base: Path, wanted: str = "auto") -> Index:
    """Open the active index in ``base``. Changes nothing on the disk.

    Raises :class:`~dossier.errors.IndexUnusableError` when there is none of the current engine and
    format, or when it cannot be opened.
    """
    name = chosen_engine(wanted)
    while there := folder.current(base, name, _class(name).VERSION):
        try:
            return Index(_class(name)(there))
        except IndexUnusableError:
            if folder.current(base, name, _class(name).VERSION) == there:
                raise
            # Another index was published, and this one removed, while it was opened: no damage.
    raise IndexUnusableError(
        _("Chưa có chỉ mục dùng được tại {path}.").format(path=base),
        _("Dựng lại bằng: dossier index --rebuild (không phải đọc lại tệp nào)."),
    )


class NewIndex(Index):
    """An index that is filled beside the active one and replaces it by :meth:`publish`."""

    def __init__(self, base: Path, wanted: str = "auto") -> None:
        self._base, self._name = base, chosen_engine(wanted)
        self._folder = folder.fresh(base, self._name)
        super().__init__(_class(self._name)(self._folder, anew=True))

    @property
    def folder(self) -> Path:
        """The folder of its files."""
        return self._folder

    def publish(self) -> None:
        """Make this the active index."""
        folder.publish(self._base, self._name, _class(self._name).VERSION, self._folder)


def new_index(base: Path, wanted: str = "auto") -> NewIndex:
    """Create an empty index. Only for the process that holds the writer's lock.

    Raises :class:`~dossier.errors.IndexUnusableError` when it cannot be created.
    """
    try:
        return NewIndex(base, wanted)
    except OSError as error:
        raise IndexUnusableError(
            _("Không tạo được chỉ mục tại {path}: {why}.").format(path=base, why=in_words(error)),
            _("Kiểm tra chỗ trống trên đĩa và quyền ghi, rồi chạy lại."),
        ) from error
