"""Select the archive for a start by double click: the folder dropped on the icon, the last one used, or one
that the user picks."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import click

from dossier.i18n import _
from dossier.windows.shares import long_form

_MEMORY = Path("dossier", "last-folder.txt")  # below %LOCALAPPDATA%
_NEW_STYLE, _ONLY_FOLDERS = 0x40, 0x1  # BIF_NEWDIALOGSTYLE, BIF_RETURNONLYFSDIRS of shlobj_core.h
_LONGEST = 32_768  # characters of a path


def folder_to_open(
    arguments: Sequence[str], archive_of: Callable[[Path], Path], ask: Callable[[], str] | None = None
) -> Path | None:
    """Return the archive's folder and remember it; ``None`` if no existing folder was given.

    ``arguments``: paths dropped on the icon: an archive, or files and folders in one.
    ``archive_of``: returns the archive that contains a folder.
    """
    memory = _memory()
    dropped = list(dict.fromkeys(archive_of(folder) for folder in map(_folder, arguments) if folder))
    if len(dropped) > 1:
        said = _("Mỗi lần chỉ mở được một kho: mở {folder}; muốn mở kho khác thì thả riêng thư mục ấy.")
        click.echo(said.format(folder=dropped[0]), err=True)
    for name in (str(dropped[0]) if dropped else _remembered(memory), None):
        folder = _folder((ask or _ask)() if name is None else name)
        if folder is not None:
            with suppress(OSError):
                memory.parent.mkdir(parents=True, exist_ok=True)
                memory.write_text(str(folder), "utf-8")
            return folder
    return None


def _folder(told: str) -> Path | None:
    told = told.strip().strip('"')
    if not told:
        return None
    path = Path(told)
    with suppress(OSError):
        if path.is_dir() or (sys.platform == "win32" and path.is_absolute() and _is_folder(path)):
            return path
        return path.parent if path.is_file() else None
    return None


def _is_folder(path: Path) -> bool:
    """However long its path is: that it cannot be opened is told later, in words."""
    return Path(os.fsdecode(long_form(os.fsencode(path)))).is_dir()


def _memory() -> Path:
    home = os.environ.get("LOCALAPPDATA", "")
    return (Path(home) if home else Path.home() / "AppData" / "Local") / _MEMORY


def _remembered(memory: Path) -> str:
    try:
        return memory.read_text("utf-8")
    except OSError:
        return ""


def _ask() -> str:
    """Ask with the system's folder dialog, else on the console."""
    if folder := _by_window():
        return folder
    with suppress(EOFError):
        return input(_("Kéo thư mục kho vào đây rồi nhấn Enter: "))
    return ""


def wait_for_reader() -> None:
    """Keep the window open until the user has read the error."""
    with suppress(EOFError, KeyboardInterrupt):
        input(_("Nhấn Enter để đóng cửa sổ này. "))


def dropped_on_script(line: str, typed: str, script: str) -> list[str]:
    r"""Paths dropped on the command script of that name. ``typed``: its arguments; ``line``: the
    command line with which Explorer started it, ``cmd.exe /c ""D:\Dossier\Dossier.cmd" D:\A&B"``.

    Explorer does not quote names without spaces, so that the script's arguments end at an ``&``.
    """
    begin = re.search(re.escape(script) + '"?', line, re.IGNORECASE)
    told = line[begin.end() :].rstrip().removesuffix('"') if begin else typed
    return [one or other for one, other in re.findall(r'"([^"]*)"|([^\s"]+)', told)]


def _by_window() -> str:
    if sys.platform != "win32":
        return ""
    import ctypes
    from ctypes import wintypes

    class Browse(ctypes.Structure):
        """BROWSEINFOW."""

        _fields_ = (
            ("hwndOwner", wintypes.HWND),
            ("pidlRoot", ctypes.c_void_p),
            ("pszDisplayName", wintypes.LPWSTR),
            ("lpszTitle", wintypes.LPCWSTR),
            ("ulFlags", wintypes.UINT),
            ("lpfn", ctypes.c_void_p),
            ("lParam", ctypes.c_void_p),
            ("iImage", ctypes.c_int),
        )

    name = ctypes.create_unicode_buffer(_LONGEST)
    question = Browse(
        pszDisplayName=ctypes.cast(name, wintypes.LPWSTR),
        lpszTitle=_("Chọn thư mục kho hồ sơ"),
        ulFlags=_NEW_STYLE | _ONLY_FOLDERS,
    )
    ctypes.windll.ole32.OleInitialize(None)
    shell = ctypes.windll.shell32
    shell.SHBrowseForFolderW.restype = ctypes.c_void_p
    chosen = shell.SHBrowseForFolderW(ctypes.byref(question))
    if not chosen:
        return ""
    shell.SHGetPathFromIDListW.argtypes = (ctypes.c_void_p, wintypes.LPWSTR)
    found = shell.SHGetPathFromIDListW(chosen, name)
    ctypes.windll.ole32.CoTaskMemFree(ctypes.c_void_p(chosen))
    return name.value if found else ""
