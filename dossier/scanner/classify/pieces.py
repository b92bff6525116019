"""Splitting a title that names several subjects into pieces, each of which could be a document's own title.

"Triển khai xây dựng và tổ chức ra mắt mô hình" implements and launches; "Hoạt động của Ban Chỉ đạo, hoạt động
của mô hình" is two regulations in one. Each piece is classified like a title of its own. The words at which
titles are split are data (``[titles]``); a purpose or an outlook is no piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.checklists.schema import Titles
from dossier.scanner.classify.text import without_citations
from dossier.vietnamese import nfc, words

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»|\([^)]*\)")
_LEADING = re.compile(r"\W*(?:(?:v/v|về việc|về)\s+)?", re.IGNORECASE)
_FEWEST = 3  # least words of a piece; a shorter one ("Tổ chức") is joined with the next
_MOST = 6  # most pieces of a title
_LONGEST = 400  # characters of a title that are split


class Pieces:
    """Splits titles by a checklist's compiled words."""

    def __init__(self, titles: Titles) -> None:
        self._joins = re.compile(rf"[,;]|{_either(titles.joins)}", re.IGNORECASE)
        self._lists = re.compile(_either(titles.lists), re.IGNORECASE)
        self._goals = re.compile(_either(titles.goals), re.IGNORECASE)
        self._ends = re.compile(_either(titles.ends), re.IGNORECASE)
        self._purposes = re.compile(_either(titles.purposes), re.IGNORECASE)
        self._closings = re.compile(_either(titles.closings), re.IGNORECASE)
        self._asides = tuple(f"{words(aside)} " for aside in titles.asides.split("|") if aside.strip())

    def of(self, title: str) -> tuple[str, ...]:
        """Return the pieces of a title, as written; none if it names one subject."""
        bare = _LEADING.sub("", nfc(without_citations(title[:_LONGEST])), count=1)
        pieces = [piece for piece in self._whole(bare) if not self._aside(piece)]
        return tuple(pieces[:_MOST]) if len(pieces) > 1 else ()

    def aimless(self, title: str) -> str:
        """Return a title without what the paper is for; an empty string if it tells no purpose."""
        quoted = [found.span() for found in _QUOTED.finditer(title)]
        for found in self._purposes.finditer(title):
            inside = any(start <= found.start() < end for start, end in quoted)
            if not inside and title.count(" ", 0, found.start()) + 1 >= _FEWEST:
                return title[: found.start()]
        return ""

    def closes(self, article: str) -> bool:
        """Whether an article of a decision says who has which duties, or from when it is in force."""
        return self._closings.search(f" {nfc(article)} ") is not None

    def _whole(self, title: str) -> Iterator[str]:
        """Yield the pieces between the joins, short ones joined with the next (the last with the one
        before)."""
        before, begun = "", ""
        for piece in self._cut(title):
            begun = f"{begun} {piece}".strip()
            if begun.count(" ") + 1 >= _FEWEST:
                if before:
                    yield before
                before, begun = begun, ""
        yield f"{before} {begun}".strip()  # "… về an ninh, trật tự"

    def _cut(self, title: str) -> Iterator[str]:
        whole = [found.span() for found in _QUOTED.finditer(title)]
        if listed := self._lists.search(title):  # "giữa Công an xã và các trường": parties of one subject
            whole.append((listed.start(), len(title)))
        last = 0
        for join in self._joins.finditer(title):
            before = title[last : join.start()]
            purposes = join[0] not in ",;" and self._ends.search(before)  # "để xây dựng và ra mắt"
            goal = join[0] == "," and self._goals.match(title, join.end())  # "khảo sát …, xây dựng mô hình"
            if not purposes and not goal and not any(start <= join.start() < end for start, end in whole):
                yield self._without_purpose(before)
                last = join.end()
        yield self._without_purpose(title[last:])

    def _without_purpose(self, piece: str) -> str:
        """Return the piece without its purpose: "… phục vụ xây dựng mô hình"."""
        end = self._ends.search(piece)
        return " ".join((piece[: end.start()] if end else piece).split())

    def _aside(self, piece: str) -> bool:
        return f"{words(piece)} ".startswith(self._asides)


def _either(alternatives: str) -> str:
    """Return an expression for any of the words separated by ``|``, as whole words after a space."""
    found = (nfc(word.strip()) for word in alternatives.split("|") if word.strip())
    longest_first = sorted(found, key=len, reverse=True)
    return rf"\s(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?=\s)"
