"""Names of the files in an archive: which encoding they are in, which of them count.

Source: APPNOTE.TXT 6.3.10 of PKWARE: 4.4.4 (bit 11), appendix D (code page 437), 4.6.9 (Unicode path).
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from fnmatch import fnmatchcase

from dossier.vietnamese import nfc

_UTF8 = 0x800
_UNICODE_PATH = 0x7075
_JUNK = ("~$*", "*.tmp", "thumbs.db", "desktop.ini", ".*")  # as in a dossier's folder
_VIETNAMESE = frozenset("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ–’“”")


def name_of(member: zipfile.ZipInfo) -> str:
    """The member's name in NFC, ``/`` between folders, whatever program wrote it.

    Without the mark for UTF-8 a name is in UTF-8 all the same (macOS), in Windows-1258 (Windows in
    Vietnamese) or in the code page 437 of the format's beginnings.
    """
    name = member.orig_filename
    if not member.flag_bits & _UTF8 and not name.isascii():
        raw = name.encode("cp437", "replace")
        name = _unicode_path(member.extra, raw) or _decoded(raw)
    return nfc(name.replace("\\", "/"))


def counts(name: str) -> bool:
    """Whether a file of this name belongs to the dossier rather than to the system that packed it."""
    *folders, last = name.split("/")
    if "__MACOSX" in folders or any(
        folder.startswith(".") and folder not in (".", "..") for folder in folders
    ):
        return False
    return bool(last) and not any(fnmatchcase(last.lower(), pattern) for pattern in _JUNK)


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    vietnamese = nfc(raw.decode("cp1258", "replace"))
    if all(char.isascii() or char.lower() in _VIETNAMESE for char in vietnamese):
        return vietnamese
    return raw.decode("cp437")


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """The name in the extra field of Info-ZIP and WinRAR, when it goes with the plain one."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if (
            kind == _UNICODE_PATH
            and len(field) > 5
            and struct.unpack_from("<I", field, 1)[0] == zlib.crc32(raw)
        ):
            return field[5:].decode("utf-8", "replace")
    return ""
