"""Create archives and dossiers. These use cases write outside the state folder and never overwrite a file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dossier.archive import (
    CHECKLISTS_NAME,
    CONFIG_NAME,
    MANIFEST_NAME,
    OWN_FILES,
    STATE_NAME,
    Archive,
    open_archive,
)
from dossier.checklists.schema import Checklist, Item
from dossier.errors import ArchiveError, DossierError, UsageError
from dossier.i18n import _
from dossier.os_errors import in_words
from dossier.renaming import move_into_place, write_beside
from dossier.settings import Config
from dossier.usecases import audit
from dossier.usecases.file_names import folder_name, is_plain, spelling
from dossier.usecases.naming import kind_meant
from dossier.usecases.new_folder import whole_folder
from dossier.usecases.output import check_device, check_folder
from dossier.usecases.whole_acts import acted, clear_unfinished
from dossier.vietnamese import nfc, squash, words

_CONFIG = """\
# Cấu hình kho hồ sơ. Mọi khóa đều có thể bỏ trống; dòng bắt đầu bằng # là ghi chú.

[archive]
# name = "Kho hồ sơ Công an xã …"
# Hồ sơ nằm ngay dưới thư mục “Mô hình” hoặc “Điển hình” được nhận ra tự động. Nơi khác thì khai:
# dossiers = {"mo-hinh" = ["2023/*/MH *"], "dien-hinh" = ["Gương sáng/*"]}

[unit]
# Điền vào đầu và cuối các báo cáo, biên bản, mục lục:
# superior = "CÔNG AN TỈNH …"
# name = "CÔNG AN XÃ …"
# symbol = "CAX"
# place = "…"
# to = "Phòng PV05, Công an tỉnh …"
# signer_title = "TRƯỞNG CÔNG AN XÃ"
# signer = "Thiếu tá …"

[dossiers]
# Đúng cho mọi hồ sơ của kho, trừ khi hồ sơ hoặc văn bản của nó nói khác:
# led_by = "police"        # "police": lực lượng Công an chủ trì; "other": đơn vị khác
# year = "calendar"        # kế hoạch lập theo "calendar": năm dương lịch; "school": năm học
# party_committee = true   # đơn vị có tổ chức đảng
# committee = true         # có Ban Chỉ đạo
# electronic = false       # chỉ có bản điện tử

[scan]
# workers = 0            # số tiến trình đọc; 0: bằng số nhân của máy
# timeout_seconds = 300  # quá thời gian này thì bỏ qua tệp và báo lại
# cpu_seconds = 600  # thời gian xử lý tối đa cho một tệp
# memory_mb = 2048
# output_mb = 1024
# max_file_mb = 200
# ocr = true             # đọc bản quét bằng Tesseract
# ignore = ["*.bak"]

[inbox]
# folder = "Hộp thư đến"  # tệp mới chờ ở đây; chỉ chuyển vào hồ sơ khi có người bảo
"""


def init(folder: Path) -> Path:
    """Create an archive: ``dossier.toml`` and, in an empty folder, one folder per kind; return its path.

    Existing files stay as they are, and a folder with files gets no folders per kind. Raises
    :class:`UsageError` inside a dossier or a state folder, :class:`ArchiveError` if it cannot be written.
    """
    check_device(folder)  # a device name would be resolved to something unpredictable
    check_folder(folder, Archive(folder.resolve(), folder.resolve() / STATE_NAME, Config()))
    made = [path for path in (folder, *folder.parents) if not os.path.lexists(path)][::-1]
    try:
        with _nothing_half_made(made):
            folder.mkdir(parents=True, exist_ok=True)
            found = holds_files(folder)
            config = folder / CONFIG_NAME
            if not config.exists():
                made.append(config)
                move_into_place(write_beside(config, [_CONFIG.encode()]), config, replace=False)
            opened = open_archive(folder)
            clear_unfinished(opened)
            if not os.path.lexists(opened.state):
                made.append(opened.state)
            for checklist in opened.checklists.values():
                home = folder / folder_name(checklist.title)
                if checklist.title and not found and not os.path.lexists(home):
                    made.append(home)
                    home.mkdir()
            audit.note(opened, "init", str(folder.resolve()))
    except OSError as error:
        raise ArchiveError(
            _("Không tạo được kho tại {path}: {why}.").format(path=folder, why=in_words(error)),
            _("Chọn một nơi mà bạn có quyền ghi và còn chỗ trống."),
        ) from error
    return folder.resolve()


@contextmanager
def _nothing_half_made(made: list[Path]) -> Iterator[None]:
    """Remove the paths in ``made``, outermost first, if the body fails: a remaining folder would be taken for
    an archive. Folders with other contents stay."""
    try:
        yield
    except (OSError, DossierError):
        for path in reversed(made):
            with suppress(OSError):
                if path.name == STATE_NAME:
                    shutil.rmtree(path)
                elif path.is_dir():
                    path.rmdir()
                else:
                    path.unlink()
        raise


def holds_files(folder: Path) -> bool:
    """Return whether the folder already contains files of an archive: neither hidden nor the program's
    own."""
    for _where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name != CHECKLISTS_NAME]
        if any(not name.startswith(".") and name not in OWN_FILES for name in names):
            return True
    return False


def new(archive: Archive, kind: str, name: str, parent: Path | None = None) -> Path:
    """Create the skeleton of a dossier, ``hoso.toml`` and a folder per item; return its path.

    ``parent`` defaults to the archive's folder for that kind. Raises :class:`UsageError` for an
    unknown kind or an invalid folder name, :class:`ArchiveError` if the folder exists.
    """
    checklist, folder = place_for(archive, kind, name, parent)
    try:
        if os.path.lexists(folder):
            raise FileExistsError(folder)
        with whole_folder(folder) as building:
            for item in checklist.items:
                (building / item_folder(item)).mkdir()
            (building / MANIFEST_NAME).write_text(_manifest(checklist, folder.name), "utf-8")
            acted(archive, building, "new", str(folder), kind=checklist.kind)
    except FileExistsError as error:
        raise UsageError(
            _("Đã có hồ sơ tại {path}; không ghi đè.").format(path=folder),
            _('Chọn tên khác, hoặc xem hồ sơ đó bằng: dossier show "{path}"').format(path=folder),
        ) from error
    except OSError as error:
        raise ArchiveError(
            _("Không tạo được hồ sơ tại {path}: {why}.").format(path=folder, why=in_words(error)),
            _("Kiểm tra quyền ghi và chỗ trống trên đĩa."),
        ) from error
    return folder


def place_for(archive: Archive, kind: str, name: str, parent: Path | None = None) -> tuple[Checklist, Path]:
    """Return checklist and folder (existing or not) of a dossier to be created. Raises :class:`UsageError` as
    :func:`new` does."""
    checklist = archive.checklists[kind_meant(archive, kind)]
    safe = folder_name(name)
    if safe != squash(nfc(name)) or not is_plain(safe):
        raise UsageError(_("“{name}” không đặt làm tên thư mục được.").format(name=name), spelling())
    if safe.startswith("."):
        raise UsageError(
            _("“{name}” không đặt làm tên thư mục được.").format(name=name),
            _("Tên bắt đầu bằng dấu chấm là thư mục ẩn, không lần quét nào thấy."),
        )
    folder = check_folder(parent or _home_of(archive, checklist), archive) / safe
    if not folder.is_relative_to(archive.root):  # also through a link in the archive
        raise UsageError(
            _("{path} nằm ngoài kho {root}.").format(path=folder, root=archive.root),
            _("Hồ sơ của kho phải ở trong kho: chọn một thư mục trong đó bằng --in THƯ_MỤC."),
        )
    return checklist, folder


def item_folder(item: Item) -> str:
    """Return the name of an item's folder in a skeleton."""
    return folder_name(f"{item.number:02d} {item.short or item.title}")


def _home_of(archive: Archive, checklist: Checklist) -> Path:
    """Return the archive's folder for dossiers of this kind: an existing one, else one named after the kind's
    title."""
    names = {words(name) for name in checklist.folder_names}
    existing = sorted(p for p in archive.root.iterdir() if p.is_dir() and words(p.name) in names)
    return existing[0] if existing else archive.root / folder_name(checklist.title)


def _manifest(checklist: Checklist, name: str) -> str:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f"""\
# Khai báo của hồ sơ. Bỏ dấu # ở dòng nào thì dòng đó có hiệu lực; cái gì không khai thì được suy từ tài liệu.
kind = "{checklist.kind}"
name = "{quoted}"
# unit = "Công an xã …"          # đơn vị quản lý hồ sơ
# led_by = "police"              # "police": lực lượng Công an chủ trì; "other": đơn vị khác
# founded = 2024-03-05           # ngày quyết định thành lập
# ended = 2026-06-30             # ngày quyết định kết thúc
# linked = false                 # mô hình liên kết
# members = ["Đơn vị A", "Đơn vị B"]
# fund = false                   # có quỹ
# pilot = false                  # có tổ chức làm điểm
# party_committee = true         # đơn vị có tổ chức đảng
# hold = "lý do tạm giữ, không xét hủy"
"""
