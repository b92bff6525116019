"""Parts that all Office packages have in common: embedded files and comments.

Source: ECMA-376 part 1: 11.3.2, 12.3.3 and 13.3.2 (comments), 15.2.10 and 15.2.11 (embedded objects).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from dossier.model import Unread
from dossier.scanner.readers.embedded import ole_object
from dossier.scanner.readers.inner import Inner
from dossier.scanner.readers.interface import ReadError
from dossier.scanner.readers.package import Package, local_name

_MOST = 200
_COMMENTS = re.compile(r"(?:word|xl|ppt)/(?:comments/)?(?:modern)?comments?[^/]*\.xml", re.IGNORECASE)
_COMMENT = frozenset(("comment", "cm"))


def objects(package: Package, folder: str) -> list[Inner]:
    """The files embedded below a folder (``word/embeddings/``), in the order of their names."""
    found: list[Inner] = []
    for name in sorted(name for name in package.names() if name.startswith(folder))[:_MOST]:
        shown = posixpath.basename(name)
        try:
            found.extend(ole_object(package.read(name), shown))
        except ReadError as error:
            found.append(Inner(shown, Unread(error.unread.reason, error.unread.detail)))
    return found


def remarks(package: Package, folder: str) -> Iterator[str]:
    """The comments in the margins, below a folder (``xl/``)."""
    for name in package.names():
        if not name.startswith(folder) or not _COMMENTS.fullmatch(name):
            continue
        try:
            root = package.xml(name)
        except ReadError:  # a damaged comment is no reason to lose the text
            continue
        for comment in root.iter("{*}*"):
            if local_name(comment) in _COMMENT:
                yield " ".join(part.text or "" for part in comment.iter("{*}t", "{*}text") if part.text)
