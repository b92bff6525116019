"""State secrets: a stamp MẬT, TỐI MẬT or TUYỆT MẬT where such a stamp stands.

The stamp is a line of its own, in capitals, left under the number (Nghị định 30/2020/NĐ-CP, annex I;
Law 117/2025/QH15 on protecting state secrets). The same words in running prose (``bí mật``, ``bảo mật``,
``giữ mật``) or in a title are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dossier.model import LogicalDocument, Page, Reading
from dossier.scanner.recognise.lines import is_upper, lines_of
from dossier.scanner.recognise.pieces import Kind, Piece, pieces_of
from dossier.vietnamese import fold

LEVELS = ("mat", "toi-mat", "tuyet-mat")  # rising

_HEAD = 24  # lines with text of a document among which the stamp stands
_TOP = 10  # of any page, should its document's beginning have been missed
_CHARS = 6000
_EXACT = {"MẬT": "mat", "TỐI MẬT": "toi-mat", "TUYỆT MẬT": "tuyet-mat"}
# OCR reads a red stamp, but not always its marks.
_READ = {fold(stamp): name for stamp, name in _EXACT.items()}
_LABEL = re.compile(r"^\W*(?:(?:độ|dấu|mức độ) mật\s?:?\s?)?", re.IGNORECASE)
_SPACED = re.compile(r"(?<=\b\w) (?=\w\b)")


def level(pages: Iterable[Page], documents: Iterable[LogicalDocument]) -> str | None:
    """The highest level stamped anywhere in a file (see :data:`LEVELS`), or ``None``."""
    found = [_stamped(document.text, _HEAD, document.reading is not Reading.TEXT) for document in documents]
    found += [_stamped(page.text, _TOP, page.reading is Reading.OCR) for page in pages]
    return max((name for name in found if name), key=LEVELS.index, default=None)


def _stamped(text: str, lines: int, scanned: bool) -> str | None:
    for piece in pieces_of(lines_of(text[:_CHARS], lines)):
        if piece.kind is Kind.BODY:
            break
        if name := _level(piece, scanned):
            return name
    return None


def _level(piece: Piece, scanned: bool) -> str | None:
    if len(piece.text) > 40 or not is_upper(piece.text):
        return None
    bare = _LABEL.sub("", piece.text).strip(" .:;*-–_|[](){}'\"")
    bare = _SPACED.sub("", bare) if len(bare) > 4 and bare.count(" ") >= len(bare) // 2 else bare
    if bare in _EXACT:
        return _EXACT[bare]
    return _READ.get(fold(bare)) if scanned else None
