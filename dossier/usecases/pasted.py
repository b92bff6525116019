"""Paths as they are pasted or dropped: in quotation marks, with the other system's strokes, as an address,
from another computer's drive. What lies in the archive is known by the end of its path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from urllib.parse import unquote

from dossier.vietnamese import nfc, words

_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»", "`": "`", "<": ">"}
_CALLED = re.compile(r"&\s*(?=['\"])")  # how PowerShell takes a file that is dropped on it
_ADDRESS = re.compile(r"file:/{2,}", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([ '\"()&;\[\]$!#])")  # how shells keep blanks and signs of a dropped name
_LONG = re.compile(r"//[?.]/(?:UNC(?=/))?", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:(?=/|$)")
_LEFT_OUT = ("…", "...")  # in the middle of a path that was too long to be shown


def plain(given: str) -> str:
    """The path in what was pasted, its folders parted by ``/``; a plain name stays as it is."""
    text = _CALLED.sub("", given.strip())
    while len(text) > 1 and (text[-1] == _QUOTES.get(text[0])):
        text = text[1:-1].strip()
    # "C:\kho\" typed in quotation marks: Windows gives the program the last one.
    text = text.rstrip('"') if "\\" in text else text
    if found := _ADDRESS.match(text):
        slashes = found[0].count("/")
        text = unquote(text[found.end() :])
        text = f"/{text}" if slashes > 2 and not _DRIVE.match(text) else text
        text = f"//{text}" if slashes == 2 else text
    elif "/" in text or not _ESCAPED.sub("", text).count("\\"):
        text = _ESCAPED.sub(r"\1", text)
    text = text.replace("\\", "/")
    if found := _LONG.match(text):
        text = ("/" if found[0].upper().endswith("UNC") else "") + text[found.end() :]
    return nfc(text)


def is_rooted(path: str) -> bool:
    """Whether a plain path begins at a drive, a server or the top of a disk."""
    return path.startswith("/") or _DRIVE.match(path) is not None


def by_end(path: str, known: Iterable[str], top: str) -> list[str]:
    """Those of the ``known`` paths in the archive that a plain path with folders may mean.

    ``top``: what the archive's folder is called. Of a path that begins at a drive or server, its end must be
    the whole path in the archive, or all of it but the drive (one that shows a folder of the archive).
    """
    said = [words(each) or each for each in _parts(path)]
    ends = {each: [words(part) or part for part in _parts(each)] for each in known}
    if is_rooted(path):
        drive = 1 if _DRIVE.match(path) else 2 if path.startswith("//") else 0
        whole = [
            each for each, end in ends.items()
            if said[-len(end) :] == end and (len(end) > 1 or said[-2:-1] == [words(top)])
        ]  # fmt: skip
        if whole:
            return [max(whole, key=lambda each: len(ends[each]))]
        said = said[drive:]
        if len(said) < 2:
            return []
    after = next((at + 1 for at in range(len(said) - 1, -1, -1) if said[at] in _LEFT_OUT), 0)
    wanted = " ".join(said[after:])
    return [each for each, end in ends.items() if wanted and f" {' '.join(end)}".endswith(f" {wanted}")]


def _parts(path: str) -> list[str]:
    return [part for part in PurePosixPath(path).parts if part.strip("/")]
