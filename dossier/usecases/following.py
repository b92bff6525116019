"""Whether this machine's full-text index follows the catalogue: a server may serve several machines, and its
outbox feeds one index.

The catalogue names that index by a mark, another one for every commit, and the index keeps the mark with
its files. So an index that missed what another one took in, and one that is ahead of a catalogue that was
restored, are known for what they are. So are those begun before a paper was sealed. No clock has a say.
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
    """What an index is worth."""

    FOLLOWS = auto()  # it has everything but what is in the outbox
    BEHIND = auto()  # it must be made anew
    ELSEWHERE = auto()  # another machine keeps the archive's index


def place_of(archive: Archive) -> str:
    """Where an index of ours lies, as the catalogue on a server knows it; nothing for a catalogue that is a
    file, whose index lies beside it."""
    return f"{socket.gethostname()}:{archive.state.resolve()}" if server_of(archive) else ""


def worth(archive: Archive, catalogue: Catalogue) -> Worth:
    """What this machine's index is worth beside the catalogue."""
    folder = in_force(archive.state / "index", archive.config.index.engine)
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
    """Raises :class:`IndexElsewhereError` when another machine keeps the index."""
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
    """What is left here of an index that nobody feeds: papers sealed since may be in it."""
    shutil.rmtree(archive.state / "index", ignore_errors=True)
