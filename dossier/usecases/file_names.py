"""File names that every system takes: whether a name is one, how to make one of any text, where it lies."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from dossier.i18n import _
from dossier.plain_file import is_device
from dossier.vietnamese import nfc, squash

# Windows and its shares refuse these characters, or write to a hidden stream named after the ":".
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_NOT_IN_FOLDERS = re.compile(rf"{_FORBIDDEN.pattern}|[\x00-\x1f\ufffd]")  # also what could not be decoded
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")  # Unicode categories: controls, directions, invisible ones
_MOST_BYTES = 200  # of the 255 that file systems allow: leaves room for a number and people's additions
_LONGEST_SUFFIX = 16  # bytes


def is_plain(name: str) -> bool:
    """Whether ``name`` is a valid and safe file name on every system, Windows included."""
    return (
        bool(name)
        and name == name.rstrip(". ")
        and not _FORBIDDEN.search(name)
        and not is_device(name)
        and is_seen(name)
    )


def is_seen(text: str) -> bool:
    """Whether a text has only visible characters: no line breaks, direction marks or terminal controls."""
    return not any(unicodedata.category(char) in _UNSEEN for char in text)


def spelling() -> str:
    """The rules for file names, as advice for people."""
    return _(
        'Tên không chứa < > : " / \\ | ? * hay ký tự không nhìn thấy, không có chấm hay dấu cách cuối, và '
        "không là tên Windows giữ riêng (CON, NUL, COM1 …)."
    )


def folder_name(title: str) -> str:
    """Return the name of a folder for a title; empty if nothing of it can be in a name."""
    name = squash(_NOT_IN_FOLDERS.sub(" ", nfc(title))).rstrip(". ")
    while len(name.encode()) > _MOST_BYTES:
        name = name[:-1].rstrip(". ")
    return "" if name in {".", ".."} else name


def safe_name(name: str) -> str:
    """Make a file name safe: without folders, invisible characters and characters that some system refuses;
    never empty, hidden or the name of a device."""
    name = nfc(name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = "".join(" " if char in "\t\n\r" else char for char in name)
    name = "".join(char for char in name if unicodedata.category(char) not in (*_UNSEEN, "Cn"))
    name = squash(_FORBIDDEN.sub(" ", name)).lstrip(".~$ ").rstrip(". ")
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix.encode()) > _LONGEST_SUFFIX:
        stem, suffix = name, ""
    else:
        suffix = f".{suffix}"
    stem = stem.rstrip(". ") or "tep"
    if is_device(stem):
        stem = f"_{stem}"
    while len(f"{stem}{suffix}".encode()) > _MOST_BYTES:
        stem = stem[:-1].rstrip(". ")
    return f"{stem}{suffix}"


def free_name(name: str, taken: Collection[str]) -> str:
    """Return the name, with a number added if it is in ``taken`` (compared without case)."""
    known = {nfc(each).casefold() for each in taken}
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    number, candidate = 2, name
    while nfc(candidate).casefold() in known:
        candidate = f"{stem} ({number}){dot}{suffix}"
        number += 1
    return candidate


def raw_path_in(folder: bytes, name: bytes) -> bytes:
    """The raw path of a name in a folder of the archive, by its raw path; empty for the archive itself."""
    return folder + b"/" + name if folder else name
