"""Check whether this machine's full-text index is up to date with the catalogue. A catalogue on a server may
be shared by several machines, but its outbox feeds only one index.

For each commit the catalogue stores a new mark, and the index stores the same mark with its files. Comparing
the marks reveals an index that missed files indexed by another machine, one that is ahead of a restored
catalogue, and one begun before a document was sealed. No clock is involved.
"""

from __future__ import annotations

import shutil
import socket
from enum import Enum, auto
from typing import TYPE_CHECKING

from dossier.archive import Archive
from dossier.catalogue.server import server_of
from dossier.errors import IndexElsewhereError
from dossier.i18n import _
from dossier.index import in_force
from dossier.index.folder import Marks, marks_of

if TYPE_CHECKING:
    from dossier.catalogue import Catalogue


class Worth(Enum):
    """State of this machine's index relative to the catalogue."""

    FOLLOWS = auto()  # it contains everything except the files in the outbox
    BEHIND = auto()  # it must be rebuilt
    ELSEWHERE = auto()  # another machine keeps the archive's index


def place_of(archive: Archive) -> str:
    """Return the location (``host:state folder``) by which a catalogue on a server knows this machine's
    index; empty for a catalogue in a file, whose index is beside it."""
    return f"{socket.gethostname()}:{archive.state.resolve()}" if server_of(archive) else ""


def worth(archive: Archive, catalogue: Catalogue) -> Worth:
    """Compare this machine's index with the catalogue."""
    folder = in_force(archive.index_folder, archive.config.index.engine)
    own = marks_of(folder) if folder else Marks()
    sealed_alike = folder is None or own.sealing == catalogue.secrecy.sealing()
    place = place_of(archive)
    if not place:
        return Worth.FOLLOWS if sealed_alike else Worth.BEHIND
    fed = catalogue.feed.fed()
    if fed.place not in ("", place) and own.fed != fed.last:
        return Worth.ELSEWHERE
    known = own.fed and own.fed in (fed.last, fed.before)
    return Worth.FOLLOWS if known and sealed_alike else Worth.BEHIND


def check_here(archive: Archive, catalogue: Catalogue) -> None:
    """Raise :class:`IndexElsewhereError` if another machine keeps the index."""
    if worth(archive, catalogue) is Worth.ELSEWHERE:
        host, _colon, folder = catalogue.feed.fed().place.partition(":")
        raise IndexElsewhereError(
            _("Chỉ mục tìm kiếm của kho này do máy {host} giữ (trong {folder}).").format(
                host=host, folder=folder
            ),
            _(
                "Tìm trên máy ấy hoặc trên trang của nó (dossier serve); muốn máy này giữ chỉ mục thay, "
                "chạy: dossier index --rebuild"
            ),
        )


def drop(archive: Archive) -> None:
    """Delete this machine's index, which is no longer updated: it may contain documents sealed since."""
    shutil.rmtree(archive.index_folder, ignore_errors=True)
