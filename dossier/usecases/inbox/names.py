"""Names under which files may lie on every system's disks, whatever they were called before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from dossier.vietnamese import nfc, squash

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')  # what Windows and its shares refuse
# Names of devices on Windows, with whatever suffix (Microsoft: "Naming files, paths, and namespaces").
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # controls, marks of direction, halves of characters
_MOST_BYTES = 200  # of the 255 that file systems take: room for a number and for what people add
_LONGEST_SUFFIX = 16


def safe_name(name: str) -> str:
    """The name of a file without folders, and without what no eye sees or some system refuses; never empty,
    never hidden, never a device's."""
    name = nfc(name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = "".join(" " if char in "\t\n\r" else char for char in name)
    name = "".join(char for char in name if unicodedata.category(char) not in _UNSEEN)
    name = squash(_FORBIDDEN.sub(" ", name)).lstrip(".~$ ").rstrip(". ")
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix.encode()) > _LONGEST_SUFFIX:
        stem, suffix = name, ""
    else:
        suffix = f".{suffix}"
    stem = stem.rstrip(". ") or "tep"
    if _DEVICE.fullmatch(stem.partition(".")[0]):
        stem = f"_{stem}"
    while len(f"{stem}{suffix}".encode()) > _MOST_BYTES:
        stem = stem[:-1].rstrip(". ")
    return f"{stem}{suffix}"


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, or the next one with a number that nothing in ``taken`` is called, in whatever case: what is
    there already is never replaced."""
    known = {nfc(each).casefold() for each in taken}
    stem, dot, suffix = name.rpartition(".")
    if not dot:
        stem, suffix = name, ""
    number, candidate = 2, name
    while nfc(candidate).casefold() in known:
        candidate = f"{stem} ({number}){dot}{suffix}"
        number += 1
    return candidate
