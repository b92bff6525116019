"""An archive on disk: its root, its ``dossier.toml``, its state folder, its checklists.

The root is the nearest folder upward that contains ``dossier.toml`` or ``.dossier/``; a folder that was
never initialised works too, with default settings.
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from dossier import checklists, plain_file, state_home, workspace
from dossier import state as state_folder
from dossier.checklists import vocabulary
from dossier.checklists.confirmed import NAME as RETENTION_NAME
from dossier.checklists.confirmed import packs_of
from dossier.checklists.retention import RetentionPacks
from dossier.checklists.schema import Checklist
from dossier.checklists.source import read_toml
from dossier.errors import ArchiveError, ConfigurationError
from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.settings import Config
from dossier.vietnamese import nfc
from dossier.windows.shares import folder_name, plain

CONFIG_NAME = "dossier.toml"
STATE_NAME = state_home.NAME
MANIFEST_NAME = "hoso.toml"
CHECKLISTS_NAME = "checklists"
INDEX_NAME = "index"  # in the state folder
OWN_FILES = (CONFIG_NAME, RETENTION_NAME)  # of the archive itself, in its root


@dataclass(frozen=True)
class Archive:
    """An opened archive. ``root`` and ``state`` are absolute; ``state_why``: why the
    state folder is outside the archive."""

    root: Path
    state: Path
    config: Config
    state_why: state_home.Why = ""

    @property
    def name(self) -> str:
        """The name shown to people: the configured one, else the unit's, else that of the folder, the drive
        or the share."""
        return self.config.archive.name or self.config.unit.name or folder_name(self.root)

    @cached_property
    def checklists(self) -> Mapping[str, Checklist]:
        """The checklists in force by kind: those shipped, overridden by ``checklists/*.toml`` here.

        Raises :class:`ConfigurationError` naming file and line.
        """
        own = self.root / CHECKLISTS_NAME
        if own.is_symlink():
            raise ConfigurationError(
                _("Không đọc được {path}: {why}.").format(path=own, why=_("là liên kết, không đi theo")),
                _("Đặt thư mục thật vào chỗ đó."),
            )
        return checklists.load(own if own.is_dir() else None)

    @cached_property
    def checklists_digest(self) -> str:
        """Changes whenever a checklist does: then every document is placed anew. Raises as
        :attr:`checklists`."""
        in_force = [checklist for _kind, checklist in sorted(self.checklists.items())]
        return hashlib.sha256(repr(in_force).encode()).hexdigest()

    @cached_property
    def inbox(self) -> str:
        """Path of the inbox (NFC), which need not exist; empty if there is none.

        Raises :class:`ConfigurationError` for a folder outside the archive.
        """
        parts = [part for part in nfc(self.config.inbox.folder).replace("\\", "/").split("/") if part]
        if any(part.startswith(".") or not part.isprintable() for part in parts):
            raise ConfigurationError(
                _("{file}: hộp thư đến ở phần [inbox] phải là tên một thư mục trong kho.").format(
                    file=self.root / CONFIG_NAME
                ),
                _("Ví dụ: “Hộp thư đến”."),
            )
        return "/".join(parts)

    def in_inbox(self, path: str) -> bool:
        """Whether a path of the archive (NFC) is the inbox or inside it."""
        return bool(self.inbox) and f"{path}/".startswith(f"{self.inbox}/")

    @property
    def vocabulary(self) -> Path:
        """File of the archive's own vocabulary; it need not exist."""
        return self.root / CHECKLISTS_NAME / vocabulary.FILE_NAME

    def within(self, **how: Any) -> AbstractContextManager[None]:
        """Use the archive's vocabulary, and other values of the workspace, while the body runs. Raises
        :class:`ConfigurationError`."""
        return workspace.within(words=vocabulary.of(self.vocabulary), **how)

    @property
    def retention_packs(self) -> RetentionPacks:
        """The retention rules: those shipped, with the verifications and additions of ``retention.toml``.

        Raises :class:`ConfigurationError` naming file and line.
        """
        return packs_of(self.root)

    @property
    def index_folder(self) -> Path:
        """The folder of the full-text index, which need not exist."""
        return self.state / INDEX_NAME

    @property
    def raw_root(self) -> bytes:
        """The root as a raw path, without a final ``/``; separated by ``/`` on every system."""
        return os.fsencode(self.root.as_posix()).rstrip(b"/")

    @property
    def group(self) -> str:
        """The group of users that shares the state; empty if the configuration file is not trusted."""
        named = self.config.archive.group
        return "" if named and plain_file.why_not_trusted(self.root / CONFIG_NAME) else named

    def ready_state(self) -> Path:
        """Create the state folder if needed, accessible to its owner only. Raises :class:`ArchiveError` when
        it belongs to another program or cannot be written."""
        state_home.check(self.root, self.state, MANIFEST_NAME)
        try:
            state_folder.make(self.state, self.group)
            if self.state_why and self.state != self.root / STATE_NAME:
                state_home.record(self.state, self.root)
            probe = self.state / f".probe-{os.getpid()}-{threading.get_ident()}"  # many threads serve pages
            try:
                probe.write_bytes(b"dossier")
            finally:
                probe.unlink(missing_ok=True)  # a cleanup may have been quicker
        except OSError as error:
            raise ArchiveError(
                _("Không ghi được vào thư mục trạng thái {path}: {why}.").format(
                    path=self.state, why=in_words(error)
                ),
                _("Giải phóng chỗ trống, cấp quyền ghi, hoặc chọn nơi khác bằng --state THƯ_MỤC."),
            ) from error
        return self.state


def find_root(start: Path) -> Path:
    """The nearest folder upward from ``start`` that is an archive, else ``start`` itself."""
    for folder in (start, *start.parents):
        marks = list(_marks(folder))
        if marks and (folder == start or all(_may_be_followed(mark, start) for mark in marks)):
            return folder
    return start


def _marks(folder: Path) -> Iterator[Path]:
    """Yield the files that mark a folder as an archive; not in automounted network folders, where every name
    seems to exist."""
    if (folder / CONFIG_NAME).is_file():
        yield folder / CONFIG_NAME
    try:
        os.scandir(folder / STATE_NAME).close()
    except PermissionError:
        yield folder / STATE_NAME
    except OSError:
        pass
    else:
        yield folder / STATE_NAME
    own = state_home.own_folder(folder)
    if own.is_dir():
        yield own


def _may_be_followed(mark: Path, start: Path) -> bool:
    """Whether the mark in a parent folder belongs to us, to the administrator, or to the owner of ``start``:
    another user's ``/tmp/.dossier`` must not be followed."""
    if sys.platform == "win32":
        return True
    try:
        return mark.lstat().st_uid in (os.geteuid(), 0, start.stat().st_uid)
    except OSError:
        return False


def open_archive(path: Path, state: Path | None = None) -> Archive:
    """Open the archive at ``path`` and make its vocabulary the active one of this thread.

    Raises :class:`ArchiveError` when the folder does not exist or cannot be listed,
    :class:`ConfigurationError` when ``dossier.toml`` or ``checklists/vocabulary.toml`` is wrong.
    """
    root = plain(path.resolve())
    try:
        os.scandir(root).close()
    except FileNotFoundError as error:
        if state_home.is_long(root) and plain_file.is_folder(root):
            raise ArchiveError(
                _("Đường dẫn của kho dài {length} ký tự; Windows chỉ mở được dưới 248: {path}.").format(
                    length=len(str(root)), path=root
                ),
                _("Chuyển kho lên gần gốc ổ đĩa, hoặc rút ngắn tên các thư mục chứa nó."),
            ) from error
        raise ArchiveError(
            _("Không có thư mục {path}.").format(path=root),
            _("Kiểm tra lại đường dẫn, hoặc tạo kho mới bằng: dossier init {path}").format(path=root),
        ) from error
    except OSError as error:
        raise ArchiveError(
            _("Không mở được thư mục {path}: {why}.").format(path=root, why=in_words(error)),
            _("Đường dẫn phải là một thư mục mà bạn có quyền đọc."),
        ) from error
    if state is not None and state.is_symlink():
        raise state_home.refused(state, _("là liên kết"))
    config_file = root / CONFIG_NAME
    config = read_toml(config_file, Config) if os.path.lexists(config_file) else Config()
    try:
        place = state_home.StatePlace(state.resolve(), "asked") if state else state_home.place(root)
        with suppress(FileNotFoundError, NotADirectoryError):
            os.scandir(place.folder).close()
    except PermissionError as error:
        raise ArchiveError(
            _("Những gì đã quét ở kho {path} là của người khác; bạn không được đọc.").format(path=root),
            _(
                "Nhờ người ấy mở cho nhóm của bạn ([archive] group trong dossier.toml), hoặc quét riêng vào "
                "một thư mục của bạn: dossier scan --state THƯ_MỤC."
            ),
        ) from error
    archive = Archive(root, place.folder, config, place.why)
    vocabulary.use(archive.vocabulary)
    return archive


def check_kinds(archive: Archive) -> None:
    """Raise :class:`ConfigurationError` when ``[archive] dossiers`` names a kind that does not exist."""
    for kind in archive.config.archive.dossiers:
        if kind not in archive.checklists:
            raise ConfigurationError(
                _("{file}: không có loại hồ sơ “{kind}” trong [archive] dossiers.").format(
                    file=archive.root / CONFIG_NAME, kind=kind
                ),
                _("Các loại đang có: {kinds}.").format(kinds=", ".join(sorted(archive.checklists))),
            )
